// Runs every analyzer of istioctl on files alone. `istioctl analyze --use-kube=false` leaves out those that
// need Pods, Services and other kinds of Kubernetes, which it takes from a cluster only.
//
// Usage: analyze-files <file>...
//
// Each file is a mesh of its own. Prints one line of JSON per file: an array of messages, as
// `istioctl analyze --output json` has them.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"

	"istio.io/istio/istioctl/pkg/util/formatting"
	"istio.io/istio/pkg/config/analysis/analyzers"
	"istio.io/istio/pkg/config/analysis/local"
	"istio.io/istio/pkg/config/constants"
	"istio.io/istio/pkg/log"
)

func main() {
	options := log.DefaultOptions()
	// Its own output is for messages alone.
	options.OutputPaths = []string{"stderr"}
	if err := log.Configure(options); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	for _, file := range os.Args[1:] {
		line, err := analyzed(file)
		if err != nil {
			fmt.Fprintf(os.Stderr, "%s: %v\n", file, err)
			os.Exit(1)
		}
		fmt.Println(line)
	}
}

// analyzed gives the messages about one file's objects, in one line.
func analyzed(path string) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	analyzer := local.NewSourceAnalyzer(analyzers.AllCombined(), "", constants.IstioSystemNamespace, nil)
	// Named for tests: it is the one that also takes kinds of Kubernetes from files.
	if err := analyzer.AddTestReaderKubeSource([]local.ReaderSource{{Name: path, Reader: file}}); err != nil {
		return "", err
	}
	result, err := analyzer.Analyze(make(chan struct{}))
	if err != nil {
		return "", err
	}
	text, err := formatting.Print(result.Messages, formatting.JSONFormat, false)
	if err != nil {
		return "", err
	}
	var line bytes.Buffer
	if err := json.Compact(&line, []byte(text)); err != nil {
		return "", fmt.Errorf("messages are no JSON: %w: %s", err, text)
	}
	return line.String(), nil
}
