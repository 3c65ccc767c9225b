package probe

import (
	"math/rand/v2"
	"net"
)

// Below the range from which systems take the ports of outgoing connections: a server that was killed finds its port
// free when it starts again.
const (
	lowest  = 20000
	highest = 29999
)

// FreePorts gives different local ports on which nobody listens, chosen at random so that two callers hardly meet.
func FreePorts(n int) []int {
	var ports []int
	seen := map[int]bool{}
	for len(ports) < n {
		port := lowest + rand.IntN(highest-lowest+1)
		if !seen[port] && Free(port) {
			ports = append(ports, port)
		}
		seen[port] = true
	}
	return ports
}

// Free tells whether a server could listen on the local port now.
func Free(port int) bool { return FreeAt(Local(port)) }

// FreeAt tells whether a server could listen on an address of this computer now.
func FreeAt(address string) bool {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return false
	}
	return listener.Close() == nil
}
