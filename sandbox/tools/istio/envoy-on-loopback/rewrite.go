package main

import (
	"fmt"
	"strconv"
	"strings"

	udpav1 "github.com/cncf/xds/go/udpa/type/v1"
	xdsv3 "github.com/cncf/xds/go/xds/type/v3"
	clusterv3 "github.com/envoyproxy/go-control-plane/envoy/config/cluster/v3"
	corev3 "github.com/envoyproxy/go-control-plane/envoy/config/core/v3"
	endpointv3 "github.com/envoyproxy/go-control-plane/envoy/config/endpoint/v3"
	listenerv3 "github.com/envoyproxy/go-control-plane/envoy/config/listener/v3"
	hcmv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/network/http_connection_manager/v3"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/anypb"
	"google.golang.org/protobuf/types/known/wrapperspb"
)

const (
	typePrefix   = "type.googleapis.com/"
	listenerType = typePrefix + "envoy.config.listener.v3.Listener"
	clusterType  = typePrefix + "envoy.config.cluster.v3.Cluster"
	endpointType = typePrefix + "envoy.config.endpoint.v3.ClusterLoadAssignment"
	hcmType      = typePrefix + "envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager"

	virtualInboundPort = 15006
)

// missing lists the filters that Istio's own build of Envoy has and the stock one lacks. They serve
// telemetry and protocol sniffing; stock Envoy would refuse a listener that names one of them.
var missing = map[string]bool{
	typePrefix + "stats.PluginConfig":                                            true,
	typePrefix + "io.istio.http.peer_metadata.Config":                            true,
	typePrefix + "envoy.tcp.metadataexchange.config.MetadataExchange":            true,
	typePrefix + "envoy.extensions.network_filters.peer_metadata.Config":         true,
	typePrefix + "envoy.extensions.network_filters.peer_metadata.UpstreamConfig": true,
	typePrefix + "istio.envoy.config.filter.http.alpn.v2alpha1.FilterConfig":     true,
}

// kindOf names the type of a filter's configuration, also of one that is wrapped because its type is unknown.
func kindOf(any *anypb.Any) string {
	wrapped := &udpav1.TypedStruct{}
	if any.MessageIs(wrapped) && any.UnmarshalTo(wrapped) == nil {
		return prefixed(wrapped.GetTypeUrl())
	}
	newer := &xdsv3.TypedStruct{}
	if any.MessageIs(newer) && any.UnmarshalTo(newer) == nil {
		return prefixed(newer.GetTypeUrl())
	}
	return any.GetTypeUrl()
}

// prefixed is a type's address as Any spells it; istiod wraps some without.
func prefixed(name string) string {
	return typePrefix + strings.TrimPrefix(name, typePrefix)
}

// resource rewrites one discovery resource for Envoy on loopback. It gives false when Envoy must not get it.
func (p pod) resource(any *anypb.Any) (bool, error) {
	switch any.GetTypeUrl() {
	case listenerType:
		listener := &listenerv3.Listener{}
		return rewritten(any, listener, func() (bool, error) { return p.listener(listener) })
	case clusterType:
		cluster := &clusterv3.Cluster{}
		return rewritten(any, cluster, func() (bool, error) { return true, p.cluster(cluster) })
	case endpointType:
		assignment := &endpointv3.ClusterLoadAssignment{}
		return rewritten(any, assignment, func() (bool, error) { p.endpoints(assignment); return true, nil })
	default:
		return true, nil
	}
}

func rewritten(any *anypb.Any, message proto.Message, change func() (bool, error)) (bool, error) {
	if err := any.UnmarshalTo(message); err != nil {
		return false, err
	}
	keep, err := change()
	if err != nil || !keep {
		return keep, err
	}
	return true, any.MarshalFrom(message)
}

// listener plays iptables: what they would redirect to virtualInbound and virtualOutbound is bound to
// addresses of the pod instead.
func (p pod) listener(l *listenerv3.Listener) (bool, error) {
	if l.GetName() == "virtualOutbound" {
		return false, nil
	}
	if l.GetAddress().GetSocketAddress() == nil {
		return true, p.filterChains(l)
	}
	l.UseOriginalDst = nil
	l.Transparent = nil
	l.BindToPort = nil
	l.ListenerFilters = without(l.GetListenerFilters(), func(f *listenerv3.ListenerFilter) bool {
		return strings.HasSuffix(f.GetTypedConfig().GetTypeUrl(), "original_dst.v3.OriginalDst") ||
			strings.HasSuffix(f.GetTypedConfig().GetTypeUrl(), "original_src.v3.OriginalSrc")
	})
	if err := p.filterChains(l); err != nil {
		return false, err
	}
	if l.GetName() == "virtualInbound" {
		return p.virtualInbound(l), nil
	}
	p.bind(l)
	return true, nil
}

// virtualInbound lets one listener answer on every port that has filter chains of its own.
func (p pod) virtualInbound(l *listenerv3.Listener) bool {
	seen := map[uint32]bool{}
	var addresses []*corev3.Address
	l.FilterChains = without(l.GetFilterChains(), func(chain *listenerv3.FilterChain) bool {
		port := chain.GetFilterChainMatch().GetDestinationPort().GetValue()
		if port == 0 || port == virtualInboundPort {
			return true
		}
		if !seen[port] {
			seen[port] = true
			addresses = append(addresses, socket(p.own(), port))
		}
		return false
	})
	setAddresses(l, addresses)
	return len(addresses) > 0
}

func (p pod) bind(l *listenerv3.Listener) {
	address := l.GetAddress().GetSocketAddress()
	port := openPort(address.GetPortValue())
	if p.gateway || l.GetTrafficDirection() == corev3.TrafficDirection_INBOUND {
		setAddresses(l, []*corev3.Address{socket(p.own(), port)})
		return
	}
	addresses := []*corev3.Address{socket(p.outbound(address.GetAddress()), port)}
	seen := map[string]bool{addresses[0].GetSocketAddress().GetAddress(): true}
	for _, chain := range l.GetFilterChains() {
		for _, prefix := range chain.GetFilterChainMatch().GetPrefixRanges() {
			prefix.AddressPrefix = p.outbound(prefix.GetAddressPrefix())
			if !seen[prefix.GetAddressPrefix()] {
				seen[prefix.GetAddressPrefix()] = true
				addresses = append(addresses, socket(prefix.GetAddressPrefix(), port))
			}
		}
	}
	setAddresses(l, addresses)
}

func setAddresses(l *listenerv3.Listener, addresses []*corev3.Address) {
	l.AdditionalAddresses = nil
	for i, address := range addresses {
		if i == 0 {
			l.Address = address
			continue
		}
		l.AdditionalAddresses = append(l.AdditionalAddresses, &listenerv3.AdditionalAddress{Address: address})
	}
}

func (p pod) filterChains(l *listenerv3.Listener) error {
	chains := l.GetFilterChains()
	if l.GetDefaultFilterChain() != nil {
		chains = append(append([]*listenerv3.FilterChain{}, chains...), l.GetDefaultFilterChain())
	}
	for _, chain := range chains {
		if port := chain.GetFilterChainMatch().GetDestinationPort(); port != nil {
			chain.FilterChainMatch.DestinationPort = wrapperspb.UInt32(openPort(port.GetValue()))
		}
		chain.Filters = without(chain.GetFilters(), func(f *listenerv3.Filter) bool {
			return missing[kindOf(f.GetTypedConfig())]
		})
		for _, filter := range chain.GetFilters() {
			if err := policies(filter.GetTypedConfig()); err != nil {
				return err
			}
			if filter.GetTypedConfig().GetTypeUrl() != hcmType {
				continue
			}
			manager := &hcmv3.HttpConnectionManager{}
			if err := filter.GetTypedConfig().UnmarshalTo(manager); err != nil {
				return err
			}
			manager.HttpFilters = without(manager.GetHttpFilters(), func(f *hcmv3.HttpFilter) bool {
				return missing[kindOf(f.GetTypedConfig())]
			})
			for _, inner := range manager.GetHttpFilters() {
				if err := policies(inner.GetTypedConfig()); err != nil {
					return err
				}
			}
			if err := filter.GetTypedConfig().MarshalFrom(manager); err != nil {
				return err
			}
		}
	}
	return nil
}

// cluster sends inbound traffic to the app's own address. What would go to wherever iptables caught it from
// has nowhere to go: on loopback it would come back to the same listener for ever.
func (p pod) cluster(c *clusterv3.Cluster) error {
	c.UpstreamBindConfig = nil
	c.Filters = without(c.GetFilters(), func(f *clusterv3.Filter) bool {
		return missing[kindOf(f.GetTypedConfig())]
	})
	if rest, inbound := strings.CutPrefix(c.GetName(), "inbound|"); inbound {
		number, _, _ := strings.Cut(rest, "|")
		port, err := strconv.ParseUint(number, 10, 16)
		if err != nil {
			return fmt.Errorf("inbound cluster %q names no port", c.GetName())
		}
		static(c, socket(p.app(), openPort(uint32(port))))
		return nil
	}
	if c.GetType() == clusterv3.Cluster_ORIGINAL_DST {
		static(c)
		return nil
	}
	p.endpoints(c.GetLoadAssignment())
	return nil
}

func static(c *clusterv3.Cluster, addresses ...*corev3.Address) {
	c.ClusterDiscoveryType = &clusterv3.Cluster_Type{Type: clusterv3.Cluster_STATIC}
	c.LbConfig = nil
	c.LbPolicy = clusterv3.Cluster_ROUND_ROBIN
	c.LoadAssignment = &endpointv3.ClusterLoadAssignment{ClusterName: c.GetName()}
	for _, address := range addresses {
		host := &endpointv3.LbEndpoint_Endpoint{Endpoint: &endpointv3.Endpoint{Address: address}}
		c.LoadAssignment.Endpoints = append(c.LoadAssignment.Endpoints, &endpointv3.LocalityLbEndpoints{
			LbEndpoints: []*endpointv3.LbEndpoint{{HostIdentifier: host}},
		})
	}
}

func (p pod) endpoints(assignment *endpointv3.ClusterLoadAssignment) {
	for _, locality := range assignment.GetEndpoints() {
		for _, endpoint := range locality.GetLbEndpoints() {
			p.relocate(endpoint.GetEndpoint().GetAddress())
			for _, more := range endpoint.GetEndpoint().GetAdditionalAddresses() {
				p.relocate(more.GetAddress())
			}
		}
	}
}

// relocate moves an address of the cluster; an external one keeps its port.
func (p pod) relocate(address *corev3.Address) {
	where := address.GetSocketAddress()
	if where == nil {
		return
	}
	if moved := p.onLoopback(where.GetAddress()); moved != where.GetAddress() {
		where.Address = moved
		where.PortSpecifier = &corev3.SocketAddress_PortValue{PortValue: openPort(where.GetPortValue())}
	}
}

func socket(address string, port uint32) *corev3.Address {
	return &corev3.Address{Address: &corev3.Address_SocketAddress{SocketAddress: &corev3.SocketAddress{
		Address:       address,
		PortSpecifier: &corev3.SocketAddress_PortValue{PortValue: port},
	}}}
}

func without[T any](list []T, unwanted func(T) bool) []T {
	var kept []T
	for _, item := range list {
		if !unwanted(item) {
			kept = append(kept, item)
		}
	}
	return kept
}
