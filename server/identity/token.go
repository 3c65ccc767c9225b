package identity

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/uuid"

	"github.com/rentora/rentora/server/errs"
)

// JWKS is the set of public keys that verify access tokens, in the form of RFC 7517.
type JWKS struct {
	Keys []JWK `json:"keys"`
}

// JWK is one Ed25519 public key (RFC 8037).
type JWK struct {
	KeyType   string `json:"kty"`
	Curve     string `json:"crv"`
	X         string `json:"x"`
	KeyID     string `json:"kid"`
	Use       string `json:"use"`
	Algorithm string `json:"alg"`
}

// signer makes and checks access tokens. The first key signs and all verify, so that a key is rotated by putting a new one
// in front and taking the old one out when the last token that it signed has expired. It is safe for concurrent use.
type signer struct {
	issuer string
	life   time.Duration
	now    func() time.Time
	key    ed25519.PrivateKey
	keyID  string
	public map[string]ed25519.PublicKey
	jwks   JWKS
	parser *jwt.Parser
	memory memory
}

type claims struct {
	jwt.RegisteredClaims
	SessionID uuid.UUID `json:"sid"`
	Role      Role      `json:"role"` // for who reads tokens elsewhere; here the session's record decides
}

// NewSigningKey makes a key for RENTORA_AUTH_SIGNING_KEYS and gives the id under which JWKS will show its public half.
func NewSigningKey() (seed, keyID string) {
	raw := make([]byte, ed25519.SeedSize)
	_, _ = rand.Read(raw) // never fails, by its documentation
	public := ed25519.NewKeyFromSeed(raw).Public().(ed25519.PublicKey)
	return base64.StdEncoding.EncodeToString(raw), newJWK(public).KeyID
}

func newSigner(seeds []string, issuer string, life time.Duration, now func() time.Time) (*signer, error) {
	s := &signer{issuer: issuer, life: life, now: now, public: map[string]ed25519.PublicKey{}}
	for i, encoded := range seeds {
		seed, err := base64.StdEncoding.DecodeString(encoded)
		if err != nil || len(seed) != ed25519.SeedSize {
			return nil, errs.Ef(errs.Invalid, "Signing key %d is not base64 of 32 bytes.", i+1) // the cause would quote the key
		}
		s.add(ed25519.NewKeyFromSeed(seed))
	}
	if s.key == nil {
		return nil, errs.E(errs.Invalid, "There is no signing key.")
	}
	s.parser = jwt.NewParser(jwt.WithValidMethods([]string{jwt.SigningMethodEdDSA.Alg()}), jwt.WithIssuer(issuer), jwt.WithExpirationRequired(),
		jwt.WithStrictDecoding(), jwt.WithTimeFunc(now))
	var err error
	s.memory, err = newMemory()
	return s, err
}

func (s *signer) add(key ed25519.PrivateKey) {
	public := key.Public().(ed25519.PublicKey)
	jwk := newJWK(public)
	if s.key == nil {
		s.key, s.keyID = key, jwk.KeyID
	}
	s.public[jwk.KeyID] = public
	s.jwks.Keys = append(s.jwks.Keys, jwk)
}

func newJWK(public ed25519.PublicKey) JWK {
	x := base64.RawURLEncoding.EncodeToString(public)
	thumbprint := sha256.Sum256([]byte(`{"crv":"Ed25519","kty":"OKP","x":"` + x + `"}`)) // RFC 7638, 3: these members in this order
	return JWK{KeyType: "OKP", Curve: "Ed25519", X: x, Use: "sig", Algorithm: "EdDSA", KeyID: base64.RawURLEncoding.EncodeToString(thumbprint[:])}
}

func (s *signer) sign(session uuid.UUID, user User) (string, error) {
	now := s.now()
	token := jwt.NewWithClaims(jwt.SigningMethodEdDSA, claims{SessionID: session, Role: user.Role, RegisteredClaims: jwt.RegisteredClaims{
		Issuer: s.issuer, Subject: user.ID.String(), ID: uuid.NewString(),
		IssuedAt: jwt.NewNumericDate(now), ExpiresAt: jwt.NewNumericDate(now.Add(s.life)),
	}})
	token.Header["kid"] = s.keyID
	signed, err := token.SignedString(s.key)
	if err != nil {
		return "", fmt.Errorf("identity: sign: %w", err)
	}
	return signed, nil
}

func (s *signer) keyOf(token *jwt.Token) (any, error) {
	id, _ := token.Header["kid"].(string)
	if key, ok := s.public[id]; ok {
		return key, nil
	}
	return nil, errors.New("no key has this kid")
}

func badToken() *errs.Error {
	return errs.E(errs.Unauthenticated, "This access token is not valid. Sign in again.").Coded("token_invalid")
}
