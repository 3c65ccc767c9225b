package row

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/rentora/rentora/hack/bench/load"
	"github.com/rentora/rentora/hack/bench/report"
	"github.com/rentora/rentora/hack/bench/stand"
)

const (
	writesPerSecond = 100
	watchEvery      = 10 // writes: one of so many is looked for in the index
	seenWithin      = 20 * time.Second
	patience        = 2 * time.Minute // for what earlier rows left
	caughtUpWith    = 32              // listings
)

// visible changes prices a hundred times a second and looks when the index shows them.
func visible(ctx context.Context, b *Bench) ([]report.Line, error) {
	if err := b.Reindex(ctx); err != nil {
		return nil, err
	}
	api, err := b.API(ctx, "api")
	if err != nil {
		return nil, err
	}
	defer api.Stop()
	w, err := b.Worker(ctx, "worker")
	if err != nil {
		return nil, err
	}
	defer w.Stop()
	token, err := b.HostToken(ctx, api.Address)
	if err != nil {
		return nil, err
	}
	if err := b.catchUp(ctx, api.Address, token); err != nil {
		return nil, err
	}
	n := min(stand.Stays-caughtUpWith, int(3*b.Settings.Measure.Seconds())*writesPerSecond)
	took, err := b.writeAndWatch(ctx, api.Address, token, n)
	if err != nil {
		return nil, err
	}
	l := load.LatencyOf(took)
	return []report.Line{{Row: "committed to visible in search", Ours: fmt.Sprintf("p50 %.0f ms, p99 %.0f ms", l.P50, l.P99), Bar: "p50 < 150 ms, p99 < 1 s",
		Holds: report.Holds(l.P50 < 150 && l.P99 < 1000), Note: fmt.Sprintf("%d writes at %d a second; the documents of %d read every 5 ms, past every cache", n, writesPerSecond, len(took))}}, nil
}

// catchUp waits until the worker has nothing left of what earlier rows made while none ran, the bookings above all: the relay
// has published everything, and a change of the last listings, enough of them to meet every partition, is seen.
func (b *Bench) catchUp(ctx context.Context, address, token string) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for waiting := 1; waiting > 0; {
		if err := b.DB.QueryRow(ctx, `select count(*) from outbox where published_at is null`).Scan(&waiting); err != nil {
			return fmt.Errorf("wait for the relay: %w", err)
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return fmt.Errorf("%d events are not published yet: %w", waiting, ctx.Err())
		}
	}
	prices, err := b.prices(ctx, stand.Stays)
	if err != nil {
		return err
	}
	for i := len(prices) - caughtUpWith; i < len(prices); i++ {
		prices[i].NightlyMinor++
		if err := b.setPrice(ctx, address, token, stand.ListingID(i), prices[i]); err != nil {
			return err
		}
	}
	for i := len(prices) - caughtUpWith; i < len(prices); i++ {
		if err := b.await(ctx, stand.ListingID(i), prices[i].NightlyMinor, patience); err != nil {
			return err
		}
	}
	return nil
}

// writeAndWatch gives the times from the answers of the watched writes to their sight.
func (b *Bench) writeAndWatch(ctx context.Context, address, token string, n int) ([]time.Duration, error) {
	prices, err := b.prices(ctx, n)
	if err != nil {
		return nil, err
	}
	took := make([]time.Duration, (n+watchEvery-1)/watchEvery)
	tick := time.NewTicker(time.Second / writesPerSecond)
	defer tick.Stop()
	g, gctx := errgroup.WithContext(ctx)
	for i := range n {
		select {
		case <-tick.C:
		case <-gctx.Done():
			return nil, g.Wait()
		}
		g.Go(func() error {
			prices[i].NightlyMinor++
			if err := b.setPrice(gctx, address, token, stand.ListingID(i), prices[i]); err != nil || i%watchEvery != 0 {
				return err
			}
			committed := time.Now()
			err := b.await(gctx, stand.ListingID(i), prices[i].NightlyMinor, seenWithin)
			took[i/watchEvery] = time.Since(committed)
			return err
		})
	}
	return took, g.Wait()
}

type price struct {
	Currency     string `json:"currency"`
	NightlyMinor int64  `json:"nightly_minor"`
	version      int64
}

func (b *Bench) prices(ctx context.Context, n int) ([]price, error) {
	rows, err := b.DB.Query(ctx, `select p.currency, p.nightly_minor, p.version from listing_prices p join listings l on l.id = p.listing_id
		where l.host_id = $1 order by l.id limit $2`, stand.HostID, n)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []price
	for rows.Next() {
		var p price
		if err := rows.Scan(&p.Currency, &p.NightlyMinor, &p.version); err != nil {
			return nil, err
		}
		list = append(list, p)
	}
	return list, rows.Err()
}

func (b *Bench) setPrice(ctx context.Context, address, token, id string, p price) error {
	body, err := json.Marshal(p)
	if err != nil {
		return err
	}
	status, answer, err := stand.Ask(ctx, http.MethodPut, "http://"+address+"/api/v1/listings/"+id+"/price", token, body, "If-Match", fmt.Sprintf(`"%d"`, p.version))
	if err == nil && status != http.StatusOK {
		err = fmt.Errorf("set a price: status %d: %s", status, answer)
	}
	return err
}

// await reads the document of a listing in the index itself until it has the price, so that no kept page of results answers.
func (b *Bench) await(ctx context.Context, id string, nightly int64, within time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	url := b.Env["RENTORA_TYPESENSE_URL"] + "/collections/" + b.Env["RENTORA_TYPESENSE_COLLECTION"] + "/documents/" + id + "?include_fields=nightly"
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for {
		var document struct{ Nightly int64 }
		status, answer, err := stand.Ask(ctx, http.MethodGet, url, "", nil, "X-TYPESENSE-API-KEY", b.Env["RENTORA_TYPESENSE_API_KEY"])
		if err != nil {
			return fmt.Errorf("the price of %s was not seen in the index: %w", id, err)
		}
		if status == http.StatusOK && json.Unmarshal(answer, &document) == nil && document.Nightly == nightly {
			return nil
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return fmt.Errorf("the price of %s was not seen in the index: %w", id, ctx.Err())
		}
	}
}
