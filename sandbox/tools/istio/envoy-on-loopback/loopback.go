package main

import (
	"fmt"
	"net/netip"
	"strconv"
)

// lowPorts is where ports begin that an ordinary user may bind; lower ones are moved up by portShift.
const (
	lowPorts  = 1024
	portShift = 10000
)

// pod knows where everything that one pod sees lies on loopback. It is the only place where an address of
// the cluster becomes an address of this machine; sandbox/living/addresses.ts says the same in TypeScript.
// The slot s tells the sandboxes of one machine apart.
//
//	cluster              loopback         what answers there
//	10.64.y.z, 10.96.y.z 127.(64+s).y.z   the pod or, with 96, the Service itself
//	10.0.y.z             127.(72+s).y.z   a pod that kwok plays
//	-                    127.(192+s).0.p  the app of pod 10.64.0.p, behind its sidecar
//	anything, from pod p 127.(128+s).p.v  outbound listener of p's sidecar for the address that ends in v
//	0.0.0.0, from pod p  127.(128+s).p.0  outbound listener of p's sidecar for any address
type pod struct {
	ip      netip.Addr
	slot    byte
	gateway bool
}

// networks says where each network of the cluster begins in slot 0, by its second number.
var networks = map[byte]byte{0: 72, 64: 64, 96: 96}

func newPod(ip, slot string, gateway bool) (pod, error) {
	addr, err := netip.ParseAddr(ip)
	if err != nil || !addr.Is4() || addr.As4()[0] != 10 {
		return pod{}, fmt.Errorf("INSTANCE_IP is %q: the sandbox gives its pods addresses in 10.0.0.0/8", ip)
	}
	number, err := strconv.ParseUint(slot, 10, 3)
	if err != nil {
		return pod{}, fmt.Errorf("LOOPBACK_SLOT is %q: it is a number from 0 to 7", slot)
	}
	return pod{ip: addr, slot: byte(number), gateway: gateway}, nil
}

// own is where the pod answers.
func (p pod) own() string { return p.onLoopback(p.ip.String()) }

// app is where the pod's app listens, behind the sidecar.
func (p pod) app() string { return fmt.Sprintf("127.%d.0.%d", 192+p.slot, p.ip.As4()[3]) }

// outbound is where the sidecar listens for what its app sends to address.
func (p pod) outbound(address string) string {
	last := byte(0)
	if addr, err := netip.ParseAddr(address); err == nil && addr.Is4() && !addr.IsLoopback() {
		last = addr.As4()[3]
	}
	return fmt.Sprintf("127.%d.%d.%d", 128+p.slot, p.ip.As4()[3], last)
}

// onLoopback is where an address of the cluster answers on this machine; other addresses stay as they are.
func (p pod) onLoopback(address string) string {
	addr, err := netip.ParseAddr(address)
	if err != nil || !addr.Is4() || addr.As4()[0] != 10 {
		return address
	}
	quad := addr.As4()
	begins, known := networks[quad[1]]
	if !known {
		return address
	}
	quad[0], quad[1] = 127, begins+p.slot
	return netip.AddrFrom4(quad).String()
}

// openPort is the port that an ordinary user may bind in place of port.
func openPort(port uint32) uint32 {
	if port != 0 && port < lowPorts {
		return port + portShift
	}
	return port
}
