package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// socketPath is where Envoy finds this program's discovery service; agentPath, where pilot-agent serves the
// real one. Both are relative to the pod's folder, because a socket's path may only have 107 characters.
const (
	socketPath = "./etc/istio/proxy/XDS-loopback"
	agentPath  = "./etc/istio/proxy/XDS"
	statusPort = 15020
)

// bootstrap is what this program needs to know of Envoy's bootstrap, and the bootstrap for loopback.
type bootstrap struct {
	pod       pod
	adminPort uint16
	config    []byte
}

type object = map[string]any

// readBootstrap changes the bootstrap that pilot-agent wrote in four points: discovery comes through this
// program, listeners for every address bind to the pod's, readiness is asked of this program, and extensions
// that stock Envoy lacks are left out.
func readBootstrap(content []byte, ip, slot string) (bootstrap, error) {
	var config struct {
		Node struct {
			ID string `json:"id"`
		} `json:"node"`
		Admin struct {
			Address struct {
				SocketAddress struct {
					PortValue uint16 `json:"port_value"`
				} `json:"socket_address"`
			} `json:"address"`
		} `json:"admin"`
	}
	var whole object
	if err := errors.Join(json.Unmarshal(content, &config), json.Unmarshal(content, &whole)); err != nil {
		return bootstrap{}, fmt.Errorf("pilot-agent's bootstrap can't be read: %w", err)
	}
	p, err := newPod(ip, slot, strings.HasPrefix(config.Node.ID, "router~"))
	if err != nil {
		return bootstrap{}, err
	}
	resources, _ := whole["static_resources"].(object)
	for _, cluster := range objects(resources["clusters"]) {
		for _, address := range addressesIn(cluster) {
			if pipe, ok := address["pipe"].(object); ok && cluster["name"] == "xds-grpc" {
				pipe["path"] = socketPath
			}
			if where, ok := address["socket_address"].(object); ok && cluster["name"] == "agent" {
				where["address"], where["port_value"] = p.own(), statusPort
			}
		}
	}
	for _, listener := range objects(resources["listeners"]) {
		for _, address := range addressesIn(listener) {
			if where, ok := address["socket_address"].(object); ok && where["address"] == "0.0.0.0" {
				where["address"] = p.own()
			}
		}
	}
	whole["bootstrap_extensions"] = known(objects(whole["bootstrap_extensions"]))
	changed, err := json.Marshal(whole)
	return bootstrap{pod: p, adminPort: config.Admin.Address.SocketAddress.PortValue, config: changed}, err
}

// known leaves out the extension that ambient asks for and only Istio's own build of Envoy has: it serves
// telemetry, as the filters in missing do.
func known(extensions []object) []object {
	return without(extensions, func(extension object) bool { return extension["name"] == "metadata_discovery" })
}

func objects(value any) []object {
	var found []object
	list, _ := value.([]any)
	for _, item := range list {
		if one, ok := item.(object); ok {
			found = append(found, one)
		}
	}
	return found
}

// addressesIn finds every "address" that is an object, however deep.
func addressesIn(value any) []object {
	var found []object
	switch node := value.(type) {
	case object:
		for key, child := range node {
			if address, ok := child.(object); ok && key == "address" {
				found = append(found, address)
			}
			found = append(found, addressesIn(child)...)
		}
	case []any:
		for _, child := range node {
			found = append(found, addressesIn(child)...)
		}
	}
	return found
}
