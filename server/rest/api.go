// Package rest is the HTTP door: it translates requests into calls of rooms and their answers into envelopes.
package rest

import (
	"context"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/contract"
)

var _ contract.StrictServerInterface = (*API)(nil)

// API implements the operations of the contract, one file per room. It is safe for concurrent use.
type API struct {
	Identity    identityRoom
	Media       mediaRoom
	Listings    listingRoom
	Prices      priceRoom
	Calendar    calendarRoom
	Search      searchRoom
	Bookings    bookingRoom
	Audit       auditLog
	DeadLetters deadLetterRoom
	Errors      errorGroups
	Numbers     numberRoom

	Details  answers                                        // of GetListing, by listing id
	Searches answers                                        // of SearchListings, by their parameters
	Searched func(Found)                                    // is told of every answer of SearchListings; nil: nobody is
	Forget   func(ctx context.Context, listingID uuid.UUID) // what was kept of a listing's detail; nil: nothing is kept
}
