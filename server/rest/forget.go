package rest

import (
	"context"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"github.com/rentora/rentora/server/contract"
)

// changesDetail are the operations after which what is kept of their listing no longer holds.
var changesDetail = map[string]bool{
	"UpdateListing": true, "SetListingPhotos": true, "PauseListing": true, "ResumeListing": true, "ArchiveListing": true,
	"ApproveListing": true, "RejectListing": true, "SetPrice": true,
}

// forgetting drops what is kept of a listing as soon as an operation has changed it. The event does the same a moment
// later, also when this process ends in between.
func (a *API) forgetting(next contract.StrictHandlerFunc, operation string) contract.StrictHandlerFunc {
	if a.Forget == nil || !changesDetail[operation] {
		return next
	}
	return func(c *fiber.Ctx, request any) (any, error) {
		answer, err := next(c, request)
		if id, bad := uuid.Parse(c.Params("listing_id")); bad == nil && err == nil {
			a.Forget(context.WithoutCancel(c.UserContext()), id)
		}
		return answer, err
	}
}
