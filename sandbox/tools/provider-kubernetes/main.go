// Command provider-kubernetes is Pulumi's Kubernetes provider, built from its Go module.
//
// The provider's own main embeds a schema that its release build generates. The engine asks for the
// schema only to generate SDKs, never to deploy, so this build names itself and leaves it empty.
package main

import (
	"github.com/pulumi/pulumi-kubernetes/provider/v4/pkg/provider"
	"github.com/pulumi/pulumi-kubernetes/provider/v4/pkg/version"
)

func main() {
	provider.Serve("kubernetes", version.Version, []byte(`{"name":"kubernetes"}`), []byte(`{}`))
}
