package component

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"maps"
	"slices"

	"github.com/rentora/rentora/api/v1alpha1"
)

// Credential is a Secret that pods depend on: minted by the operator, or brought along by the user.
type Credential string

// The credentials. Their keys are those of the Secrets that a user may bring.
const (
	PostgresAuth  Credential = "postgres-auth"  // superuser-password, owner-password, app-password; External: url, direct-url
	RedisAuth     Credential = "redis-auth"     // password; External: url
	TypesenseAuth Credential = "typesense-auth" // api-key
	ObjectsAuth   Credential = "objects-auth"   // root-user, root-password, access-key, secret-key; External: access-key, secret-key
	KafkaAuth     Credential = "kafka-auth"     // cluster-id; External: username, password
	Keys          Credential = "keys"           // signing-keys, secret-key
	MailAuth      Credential = "mail-auth"      // username, password; always brought along
	AlertsAuth    Credential = "alerts-auth"    // url; always brought along
	Certificate   Credential = "certificate"    // tls.crt, tls.key; brought along, or made by cert-manager
)

// Secret is what a credential's Secret holds.
type Secret struct {
	Name string // of the Secret in the platform's namespace
	Data map[string][]byte
}

// Secrets by credential. One that is missing is not there: components that need it wait.
type Secrets map[Credential]Secret

// Value of a key; "" when there is none.
func (s Secrets) Value(c Credential, key string) string { return string(s[c].Data[key]) }

// Name of the Secret that holds a credential.
func (s Secrets) Name(p *v1alpha1.RentoraPlatform, c Credential) string {
	if named, ok := s[c]; ok && named.Name != "" {
		return named.Name
	}
	return Child(p, string(c))
}

// Hash of what the credentials hold, for a pod's annotation, so that a change rolls it. Every length is written, so that no
// two contents give the same bytes.
func (s Secrets) Hash(credentials ...Credential) string {
	h := sha256.New()
	put := func(b []byte) {
		_ = binary.Write(h, binary.BigEndian, uint64(len(b)))
		h.Write(b)
	}
	for _, c := range credentials {
		put([]byte(c))
		for _, key := range slices.Sorted(maps.Keys(s[c].Data)) {
			put([]byte(key))
			put(s[c].Data[key])
		}
	}
	return hex.EncodeToString(h.Sum(nil))[:16]
}

// Hash gives a short hash of texts, for annotations and names.
func Hash(texts ...string) string {
	h := sha256.New()
	for _, t := range texts {
		_ = binary.Write(h, binary.BigEndian, uint64(len(t)))
		h.Write([]byte(t))
	}
	return hex.EncodeToString(h.Sum(nil))[:16]
}
