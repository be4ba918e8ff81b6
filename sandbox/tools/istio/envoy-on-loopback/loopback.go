package main

import (
	"fmt"
	"net/netip"
)

// lowPorts is where ports begin that an ordinary user may bind; lower ones are moved up by portShift.
const (
	lowPorts  = 1024
	portShift = 10000
)

// pod knows where everything that one pod sees lies on loopback. It is the only place where an address of
// the cluster becomes an address of this machine; sandbox/living/addresses.ts says the same in TypeScript.
//
//	cluster              loopback        what answers there
//	10.x.y.z             127.x.y.z       the pod or Service itself
//	10.0.y.z             127.65.y.z      a pod that kwok plays
//	-                    127.192.0.p     the app of pod 10.64.0.p, behind its sidecar
//	anything, from pod p 127.128.p.v     outbound listener of p's sidecar for the address that ends in v
//	0.0.0.0, from pod p  127.128.p.0     outbound listener of p's sidecar for any address
type pod struct {
	ip      netip.Addr
	gateway bool
}

func newPod(ip string, gateway bool) (pod, error) {
	addr, err := netip.ParseAddr(ip)
	if err != nil || !addr.Is4() || addr.As4()[0] != 10 {
		return pod{}, fmt.Errorf("INSTANCE_IP is %q: the sandbox gives its pods addresses in 10.0.0.0/8", ip)
	}
	return pod{ip: addr, gateway: gateway}, nil
}

// own is where the pod answers.
func (p pod) own() string { return onLoopback(p.ip.String()) }

// app is where the pod's app listens, behind the sidecar.
func (p pod) app() string { return fmt.Sprintf("127.192.0.%d", p.ip.As4()[3]) }

// outbound is where the sidecar listens for what its app sends to address.
func (p pod) outbound(address string) string {
	last := byte(0)
	if addr, err := netip.ParseAddr(address); err == nil && addr.Is4() && !addr.IsLoopback() {
		last = addr.As4()[3]
	}
	return fmt.Sprintf("127.128.%d.%d", p.ip.As4()[3], last)
}

// onLoopback is where an address of the cluster answers on this machine; other addresses stay as they are.
func onLoopback(address string) string {
	addr, err := netip.ParseAddr(address)
	if err != nil || !addr.Is4() || addr.As4()[0] != 10 {
		return address
	}
	quad := addr.As4()
	if quad[1] == 0 {
		// kwok's own range would fall on 127.0.0.1 and its neighbours, where others listen.
		quad[1] = 65
	}
	quad[0] = 127
	return netip.AddrFrom4(quad).String()
}

// openPort is the port that an ordinary user may bind in place of port.
func openPort(port uint32) uint32 {
	if port != 0 && port < lowPorts {
		return port + portShift
	}
	return port
}
