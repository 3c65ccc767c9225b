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
