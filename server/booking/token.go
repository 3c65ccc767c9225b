package booking

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/date"
	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/pricing"
)

// terms is what a quote promises, in the form that its token carries. Tokens live for minutes; still, Form grows when the
// meaning of a field changes, so that a new release refuses an old token instead of misreading it.
type terms struct {
	Form         int            `json:"v"`
	ListingID    uuid.UUID      `json:"l"`
	HostID       uuid.UUID      `json:"h"`
	CheckIn      date.Date      `json:"i"`
	CheckOut     date.Date      `json:"o"`
	Guests       int            `json:"g"`
	Lines        []pricing.Line `json:"n"`
	TotalMinor   int64          `json:"t"`
	Currency     string         `json:"c"`
	PriceVersion int64          `json:"p"`
	Policy       Policy         `json:"y"`
	Mode         Mode           `json:"m"`
	Timezone     string         `json:"z"`
	CheckInFrom  string         `json:"f"`
	NoticeDays   int            `json:"d"`
	ExpiresAt    time.Time      `json:"e"`
}

const termsForm = 1

// signer makes and reads quote tokens: base64url of the terms' JSON and its HMAC-SHA256.
type signer struct{ key []byte }

// newSigner derives the key of quotes from the server's secret, which is base64 of 32 bytes or more.
func newSigner(secret string) (signer, error) {
	raw, err := base64.StdEncoding.DecodeString(secret)
	if err != nil || len(raw) < 32 {
		return signer{}, errs.E(errs.Invalid, "RENTORA_AUTH_SECRET_KEY must be base64 of 32 bytes or more.")
	}
	key, err := hkdf.Key(sha256.New, raw, nil, "quote", sha256.Size)
	return signer{key: key}, err
}

func (s signer) sign(t terms) (string, error) {
	t.Form = termsForm
	payload, err := json.Marshal(t)
	if err != nil {
		return "", fmt.Errorf("booking: encode quote: %w", err)
	}
	return base64.RawURLEncoding.EncodeToString(append(payload, s.mac(payload)...)), nil
}

// read gives the terms of a token that this server signed; expired or not, that is for the caller to ask.
func (s signer) read(token string) (terms, error) {
	raw, err := base64.RawURLEncoding.DecodeString(token)
	// The decoder forgives line breaks and loose last bits; a token has one spelling.
	if err != nil || len(raw) <= sha256.Size || base64.RawURLEncoding.EncodeToString(raw) != token {
		return terms{}, badToken()
	}
	payload, mac := raw[:len(raw)-sha256.Size], raw[len(raw)-sha256.Size:]
	if !hmac.Equal(mac, s.mac(payload)) {
		return terms{}, badToken()
	}
	var t terms
	if err := json.Unmarshal(payload, &t); err != nil || t.Form != termsForm {
		return terms{}, badToken()
	}
	return t, nil
}

func (s signer) mac(payload []byte) []byte {
	h := hmac.New(sha256.New, s.key)
	h.Write(payload)
	return h.Sum(nil)
}

func badToken() error {
	return errs.InvalidField("quote_token", "signature", "quote_token is not one that was given out by a quote. Ask for a new quote.")
}
