package contract_test

import (
	"net/http"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
)

// keyed are the POSTs that take an Idempotency-Key: each that makes a thing or moves money, and so must not happen twice, nor
// look failed, because an answer was lost.
var keyed = map[string]bool{"createListing": true, "createUpload": true, "createBlock": true, "createBooking": true, "cancelBooking": true}

// unkeyed are the others, and why they need none.
var unkeyed = map[string]string{
	"register": "an address has one account", "becomeHost": "twice is once", "createQuote": "changes nothing",
	"login": "a lost session harms nobody and ends by itself", "refresh": "a spent token is taken again for a moment",
	"logout": "twice is once", "logoutAll": "twice is once",
	"verifyEmail": "a link works once", "resetPassword": "a link works once",
	"resendVerification": "a second mail harms nobody", "forgotPassword": "a second mail harms nobody",
	"completeUpload": "twice is once", "reportBrowserError": "counts one too many",

	"submitListing": "the state tells what has happened, and no money moves", "pauseListing": "the state tells what has happened, and no money moves",
	"resumeListing": "the state tells what has happened, and no money moves", "archiveListing": "the state tells what has happened, and no money moves",
	"approveListing": "the state tells what has happened, and no money moves", "rejectListing": "the state tells what has happened, and no money moves",
	"confirmBooking": "the state tells what has happened, and no money moves", "declineBooking": "the state tells what has happened, and no money moves",

	"lockUser": "says how the account is to be", "unlockUser": "says how the account is to be", "revokeUserSessions": "twice is once",
	"resolveErrorGroup": "says how the group is to be",
	"retryDeadLetter":   "handlers do a thing once", "retryDeadLetters": "handlers do a thing once", "discardDeadLetter": "twice is once",
}

// TestWhatMustNotHappenTwiceTakesAKey puts every POST on one of the lists.
func TestWhatMustNotHappenTwiceTakesAKey(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for path, item := range read(t).Paths.Map() {
		for method, op := range item.Operations() {
			id, takes := op.OperationID, op.Parameters.GetByInAndName(openapi3.ParameterInHeader, "Idempotency-Key") != nil
			switch {
			case method != http.MethodPost:
				if takes {
					t.Errorf("%s %s may be repeated anyway and takes a key", method, path)
				}
				continue
			case keyed[id] != takes:
				t.Errorf("%s takes a key: %t, want %t", id, takes, keyed[id])
			case !takes && unkeyed[id] == "":
				t.Errorf("%s takes no key, without a reason", id)
			}
			seen[id] = true
		}
	}
	for id := range keyed {
		if !seen[id] {
			t.Errorf("%s is no POST", id)
		}
	}
	for id := range unkeyed {
		if !seen[id] || keyed[id] {
			t.Errorf("%s needs no reason", id)
		}
	}
}
