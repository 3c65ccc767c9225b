package identity

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
)

// newSecret makes a token that cannot be guessed, for a link or a refresh token, and the hash that is all we keep of it.
func newSecret() (secret string, hash []byte) {
	var raw [32]byte
	_, _ = rand.Read(raw[:]) // never fails: the runtime ends the program when the system gives no randomness
	secret = base64.RawURLEncoding.EncodeToString(raw[:])
	return secret, hashSecret(secret)
}

// hashSecret needs no salt and no cost: the secret has 256 bits.
func hashSecret(secret string) []byte {
	sum := sha256.Sum256([]byte(secret))
	return sum[:]
}
