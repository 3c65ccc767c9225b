package booking

import "crypto/rand"

// crockford leaves out what people confuse: I, L, O and U.
const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// randomCode gives a booking's short code: 8 characters, 40 random bits. The schema keeps it unique.
func randomCode() string {
	raw := make([]byte, 8)
	_, _ = rand.Read(raw) // never fails: the runtime ends the program first
	for i, b := range raw {
		raw[i] = crockford[b&31]
	}
	return string(raw)
}

// numberedCode gives the code of one of a series: distinct ones for distinct numbers below 2^40. Random ones would meet each
// other among a million.
func numberedCode(n uint64) string {
	const odd, mask = 0x9e3779b97f, 1<<40 - 1 // multiplying by an odd number changes places only
	n = n * odd & mask
	code := make([]byte, 8)
	for i := range code {
		code[i] = crockford[n>>(35-5*i)&31]
	}
	return string(code)
}
