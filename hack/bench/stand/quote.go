package stand

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/rentora/rentora/hack/bench/load"
)

// Quote asks for the price of a slot and gives the body with which the guest books it.
func (s *Stand) Quote(ctx context.Context, address, token string, slot int64) (string, error) {
	night := time.Now().UTC().AddDate(0, 0, 1+int(slot/Stays))
	ask, err := json.Marshal(map[string]any{"check_in": night.Format(time.DateOnly), "check_out": night.AddDate(0, 0, 1).Format(time.DateOnly), "guests": 1})
	if err != nil {
		return "", err
	}
	status, answer, err := Ask(ctx, http.MethodPost, "http://"+address+"/api/v1/listings/"+ListingID(int(slot%Stays))+"/quotes", token, ask)
	if err != nil {
		return "", err
	}
	var out struct {
		Data struct {
			Token string `json:"token"`
		} `json:"data"`
	}
	if err := json.Unmarshal(answer, &out); err != nil || out.Data.Token == "" {
		return "", fmt.Errorf("quote: status %d: %s", status, answer)
	}
	body, err := json.Marshal(map[string]string{"quote_token": out.Data.Token})
	return string(body), err
}

// Bookings prepares n requests that each book another free night, spread over the second half of the accounts.
func (s *Stand) Bookings(ctx context.Context, address string, n int) ([]load.Request, error) {
	first, err := s.Slots(int64(n))
	if err != nil {
		return nil, err
	}
	guests := s.Guests(Accounts/2, Accounts)
	requests := make([]load.Request, n)
	g, gctx := errgroup.WithContext(ctx)
	const askers = 16
	for asker := range askers {
		g.Go(func() error {
			for i := asker; i < n; i += askers {
				guest := guests[i%len(guests)]
				body, err := s.Quote(gctx, address, guest.Token, first+int64(i))
				if err != nil {
					return err
				}
				requests[i] = load.Post("/api/v1/bookings", guest.Token, body, http.StatusCreated)
			}
			return nil
		})
	}
	return requests, g.Wait()
}
