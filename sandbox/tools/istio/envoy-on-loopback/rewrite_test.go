package main

import (
	"strings"
	"testing"

	udpav1 "github.com/cncf/xds/go/udpa/type/v1"
	clusterv3 "github.com/envoyproxy/go-control-plane/envoy/config/cluster/v3"
	corev3 "github.com/envoyproxy/go-control-plane/envoy/config/core/v3"
	listenerv3 "github.com/envoyproxy/go-control-plane/envoy/config/listener/v3"
	"google.golang.org/protobuf/types/known/anypb"
	"google.golang.org/protobuf/types/known/wrapperspb"
)

func testPod(t *testing.T, gateway bool) pod {
	t.Helper()
	p, err := newPod("10.64.0.7", "0", gateway)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func where(address *corev3.Address) string {
	s := address.GetSocketAddress()
	return strings.Join([]string{s.GetAddress(), wrapperspb.UInt32(s.GetPortValue()).String()}, " ")
}

func equal(t *testing.T, got, want any) {
	t.Helper()
	if got != want {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestOnLoopbackMovesOnlyTheClusterByItsSlot(t *testing.T) {
	p, err := newPod("10.64.0.7", "2", false)
	if err != nil {
		t.Fatal(err)
	}
	for address, want := range map[string]string{
		"10.64.0.7": "127.66.0.7", "10.96.0.9": "127.98.0.9", "10.0.1.2": "127.74.1.2",
		"10.5.0.1": "10.5.0.1", "192.0.2.1": "192.0.2.1", "name.example": "name.example",
	} {
		equal(t, p.onLoopback(address), want)
	}
	equal(t, p.app(), "127.194.0.7")
	equal(t, p.outbound("10.96.0.9"), "127.130.7.9")
	equal(t, openPort(80), uint32(10080))
	equal(t, openPort(9898), uint32(9898))
}

func TestNewPodRefusesOtherAddressesAndSlots(t *testing.T) {
	for _, wrong := range [][2]string{{"192.0.2.1", "0"}, {"10.64.0.7", "8"}, {"10.64.0.7", ""}} {
		if _, err := newPod(wrong[0], wrong[1], false); err == nil {
			t.Errorf("%q was taken", wrong)
		}
	}
}

func TestVirtualInboundAnswersOnEachPortOfItsOwn(t *testing.T) {
	chain := func(port uint32) *listenerv3.FilterChain {
		return &listenerv3.FilterChain{FilterChainMatch: &listenerv3.FilterChainMatch{DestinationPort: wrapperspb.UInt32(port)}}
	}
	l := &listenerv3.Listener{
		Name:         "virtualInbound",
		Address:      socket("0.0.0.0", 15006),
		BindToPort:   wrapperspb.Bool(false),
		FilterChains: []*listenerv3.FilterChain{chain(15006), {}, chain(9898), chain(80), chain(9898)},
	}
	keep, err := testPod(t, false).listener(l)
	if err != nil || !keep {
		t.Fatal(keep, err)
	}
	equal(t, where(l.GetAddress()), where(socket("127.64.0.7", 9898)))
	equal(t, where(l.GetAdditionalAddresses()[0].GetAddress()), where(socket("127.64.0.7", 10080)))
	equal(t, len(l.GetFilterChains()), 3)
	equal(t, l.GetBindToPort() == nil, true)
}

func TestOutboundListenersOfASidecarAreItsOwn(t *testing.T) {
	for address, want := range map[string]string{"0.0.0.0": "127.128.7.0", "10.96.0.9": "127.128.7.9"} {
		l := &listenerv3.Listener{Address: socket(address, 80), TrafficDirection: corev3.TrafficDirection_OUTBOUND}
		if _, err := testPod(t, false).listener(l); err != nil {
			t.Fatal(err)
		}
		equal(t, where(l.GetAddress()), where(socket(want, 10080)))
	}
}

func TestGatewayListensOnThePodsAddress(t *testing.T) {
	l := &listenerv3.Listener{Address: socket("0.0.0.0", 80), TrafficDirection: corev3.TrafficDirection_OUTBOUND}
	if _, err := testPod(t, true).listener(l); err != nil {
		t.Fatal(err)
	}
	equal(t, where(l.GetAddress()), where(socket("127.64.0.7", 10080)))
}

func TestVirtualOutboundIsLeftOut(t *testing.T) {
	keep, err := testPod(t, false).listener(&listenerv3.Listener{Name: "virtualOutbound", Address: socket("0.0.0.0", 15001)})
	equal(t, keep, false)
	equal(t, err, nil)
}

func TestInboundClustersLeadToTheApp(t *testing.T) {
	c := &clusterv3.Cluster{
		Name:                 "inbound|9898||",
		ClusterDiscoveryType: &clusterv3.Cluster_Type{Type: clusterv3.Cluster_ORIGINAL_DST},
		LbPolicy:             clusterv3.Cluster_CLUSTER_PROVIDED,
		UpstreamBindConfig:   &corev3.BindConfig{},
	}
	if err := testPod(t, false).cluster(c); err != nil {
		t.Fatal(err)
	}
	endpoint := c.GetLoadAssignment().GetEndpoints()[0].GetLbEndpoints()[0].GetEndpoint()
	equal(t, where(endpoint.GetAddress()), where(socket("127.192.0.7", 9898)))
	equal(t, c.GetType(), clusterv3.Cluster_STATIC)
	equal(t, c.GetUpstreamBindConfig() == nil, true)
}

func TestPassthroughLeadsNowhere(t *testing.T) {
	c := &clusterv3.Cluster{
		Name:                 "PassthroughCluster",
		ClusterDiscoveryType: &clusterv3.Cluster_Type{Type: clusterv3.Cluster_ORIGINAL_DST},
	}
	if err := testPod(t, false).cluster(c); err != nil {
		t.Fatal(err)
	}
	equal(t, len(c.GetLoadAssignment().GetEndpoints()), 0)
}

func TestFiltersThatStockEnvoyLacksAreLeftOutAlsoWhenWrapped(t *testing.T) {
	wrapped, err := anypb.New(&udpav1.TypedStruct{TypeUrl: "envoy.tcp.metadataexchange.config.MetadataExchange"})
	if err != nil {
		t.Fatal(err)
	}
	c := &clusterv3.Cluster{
		Name:    "outbound|80||a",
		Filters: []*clusterv3.Filter{{Name: "gone", TypedConfig: wrapped}, {Name: "kept", TypedConfig: &anypb.Any{TypeUrl: typePrefix + "other"}}},
	}
	if err := testPod(t, false).cluster(c); err != nil {
		t.Fatal(err)
	}
	equal(t, len(c.GetFilters()), 1)
	equal(t, c.GetFilters()[0].GetName(), "kept")
}

func TestBootstrapChangesThreePoints(t *testing.T) {
	known, err := readBootstrap([]byte(`{
		"node": {"id": "sidecar~10.64.0.7~a.b~b.svc"},
		"admin": {"address": {"socket_address": {"address": "127.0.0.1", "port_value": 21000}}},
		"static_resources": {
			"clusters": [
				{"name": "xds-grpc", "x": [{"address": {"pipe": {"path": "./etc/istio/proxy/XDS"}}}]},
				{"name": "agent", "x": [{"address": {"socket_address": {"address": "127.0.0.1", "port_value": 0}}}]}
			],
			"listeners": [{"address": {"socket_address": {"address": "0.0.0.0", "port_value": 15021}}}]
		}}`), "10.64.0.7", "0")
	if err != nil {
		t.Fatal(err)
	}
	equal(t, known.adminPort, uint16(21000))
	equal(t, known.pod.gateway, false)
	for _, want := range []string{socketPath, `"address":"127.64.0.7","port_value":15020`, `"address":"127.64.0.7","port_value":15021`} {
		if !strings.Contains(string(known.config), want) {
			t.Errorf("%s is missing in %s", want, known.config)
		}
	}
}

func TestReadBootstrapLeavesOutWhatStockEnvoyLacks(t *testing.T) {
	content := []byte(`{
		"node": {"id": "router~10.64.0.3~gateway.shop~shop.svc.cluster.local"},
		"admin": {"address": {"socket_address": {"port_value": 15000}}},
		"bootstrap_extensions": [{"name": "metadata_discovery"}, {"name": "envoy.bootstrap.internal_listener"}]
	}`)
	got, err := readBootstrap(content, "10.64.0.3", "0")
	if err != nil {
		t.Fatal(err)
	}
	if text := string(got.config); strings.Contains(text, "metadata_discovery") || !strings.Contains(text, "internal_listener") {
		t.Errorf("bootstrap for loopback: %s", text)
	}
}
