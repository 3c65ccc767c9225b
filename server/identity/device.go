package identity

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/rentora/rentora/server/errs"
)

// DeviceLife is how long a browser is remembered after it signed in: as long as browsers keep a cookie.
const DeviceLife = 400 * 24 * time.Hour

// devices makes and checks the proof that a browser has signed in to an account before. It signs nobody in: it lets the
// browser's log-ins be counted apart from everybody else's, so that strangers cannot use them up.
type devices struct{ key []byte }

func newDevices(secret string) (devices, error) {
	raw, err := base64.StdEncoding.DecodeString(secret)
	if err != nil || len(raw) < sha256.Size {
		return devices{}, errs.E(errs.Invalid, "The secret key is not base64 of at least 32 bytes.") // the cause would quote it
	}
	return devices{key: sum(raw, "identity device")}, nil
}

func (d devices) issue(email string, now time.Time) string {
	random, _ := newSecret()
	body := fmt.Sprintf("%d.%s", now.Add(DeviceLife).Unix(), random)
	return body + "." + d.proof(email, body)
}

// of gives a name for the device of a token, if it has signed in to the account and is still remembered.
func (d devices) of(token, email string, now time.Time) (name string, known bool) {
	cut := strings.LastIndexByte(token, '.')
	if cut < 0 || !hmac.Equal([]byte(token[cut+1:]), []byte(d.proof(email, token[:cut]))) {
		return "", false
	}
	ends, _, _ := strings.Cut(token, ".")
	at, err := strconv.ParseInt(ends, 10, 64)
	if err != nil || now.Unix() >= at {
		return "", false
	}
	return base64.RawURLEncoding.EncodeToString(hashSecret(token)[:12]), true
}

func (d devices) proof(email, body string) string {
	return base64.RawURLEncoding.EncodeToString(sum(d.key, accountName(email)+"."+body))
}

func sum(key []byte, text string) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(text))
	return mac.Sum(nil)
}
