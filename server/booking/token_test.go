package booking

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/rentora/rentora/server/config"
	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/pricing"
)

var sample = terms{Form: termsForm, ListingID: uuid.MustParse("0197a000-0000-7000-8000-000000000001"), CheckIn: 2300, CheckOut: 2303, Guests: 2,
	Lines: []pricing.Line{{Kind: "nights", Label: "3 nights", Quantity: 3, UnitMinor: 100, AmountMinor: 300}}, TotalMinor: 300, Currency: "EUR",
	Policy: Moderate, Mode: Request, Timezone: "Europe/Lisbon", CheckInFrom: "15:00", ExpiresAt: time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)}

func TestTokensRoundTrip(t *testing.T) {
	t.Parallel()
	s := testSigner(t, secret)
	token, err := s.sign(sample)
	if err != nil {
		t.Fatal(err)
	}
	got, err := s.read(token)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(sample, got); diff != "" {
		t.Error(diff)
	}
	if len(token) > 2000 || strings.ContainsAny(token, "+/= ") {
		t.Errorf("%d bytes: %s", len(token), token)
	}
}

func TestEveryFlippedByteOfATokenIsNoticed(t *testing.T) {
	t.Parallel()
	s := testSigner(t, secret)
	token, err := s.sign(sample)
	if err != nil {
		t.Fatal(err)
	}
	for i := range token {
		for _, flip := range []byte{1, 2, 4, 32, 127} {
			bad := []byte(token)
			bad[i] ^= flip
			if _, err := s.read(string(bad)); strings.Join(brokenRules(err), "") != "quote_token signature" {
				t.Fatalf("byte %d ^ %d: %v", i, flip, err)
			}
		}
	}
	for _, bad := range []string{"", "a", token + "A", token[1:], token[:len(token)-1], token[:40] + "\n" + token[40:], token + "=", strings.Repeat("A", 4000)} {
		if _, err := s.read(bad); !errs.Is(err, errs.Invalid) {
			t.Errorf("%.50q: %v", bad, err)
		}
	}
}

func TestTokensOfAnotherServerAreForeign(t *testing.T) {
	t.Parallel()
	token, err := testSigner(t, "YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXowMTIzNDU=").sign(sample)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := testSigner(t, secret).read(token); !errs.Is(err, errs.Invalid) {
		t.Error(err)
	}
}

func TestASecretMustBeLong(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{"", "c2hvcnQ=", "not base64 at all, and long enough to be a key"} {
		if _, err := New(nil, config.Booking{}, bad, time.Now); !errs.Is(err, errs.Invalid) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestCodesAreReadableAndDiffer(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for range 2000 {
		code := randomCode()
		if len(code) != 8 || strings.Trim(code, crockford) != "" || seen[code] {
			t.Fatalf("%q", code)
		}
		seen[code] = true
	}
}

func testSigner(t *testing.T, secret string) signer {
	t.Helper()
	s, err := newSigner(secret)
	if err != nil {
		t.Fatal(err)
	}
	return s
}
