package row

import (
	"context"
	"encoding/gob"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"

	"github.com/rentora/rentora/hack/bench/bare"
	"github.com/rentora/rentora/hack/bench/contest"
	"github.com/rentora/rentora/hack/bench/report"
	"github.com/rentora/rentora/hack/bench/stand"
	"github.com/rentora/rentora/hack/stack/process"
)

// runBare compares each level of the cache with the handler that has its bytes in its hand.
func runBare(ctx context.Context, b *Bench) ([]report.Line, error) {
	api, err := b.API(ctx, "api", limited...)
	if err != nil {
		return nil, err
	}
	defer api.Stop()
	ceiling, err := b.bare(ctx, api)
	if err != nil {
		return nil, err
	}
	defer ceiling.Stop()
	fromRedis, err := b.API(ctx, "api-redis", slices.Concat(redisOnly, limited)...)
	if err != nil {
		return nil, err
	}
	defer fromRedis.Stop()
	out, err := b.contest(ctx,
		contest.Side{Name: "bare Fiber", Measure: b.asking(ceiling, details())},
		contest.Side{Name: "API, in process", Measure: b.asking(api, details())},
		contest.Side{Name: "API, from Redis", Measure: b.asking(fromRedis, details())})
	if err != nil {
		return nil, err
	}
	return []report.Line{report.Against("detail in process, bare Fiber", out[1], out[0], 0.60), report.Against("detail from Redis, bare Fiber", out[2], out[0], 0.30)}, nil
}

// limited is the API with everything that its middlewares do: limits count, and let through.
var limited = []string{"RENTORA_HTTP_LIMIT_READ", "10000000"}

// bare starts the ceiling with the bytes that the API answers.
func (b *Bench) bare(ctx context.Context, api *stand.Running) (*stand.Running, error) {
	address, err := stand.FreeAddress()
	if err != nil {
		return nil, err
	}
	answers := bare.Answers{Address: address, Bodies: map[string][]byte{}}
	for i := range stand.Stays {
		path := "/api/v1/listings/" + stand.ListingID(i)
		status, body, err := stand.Ask(ctx, http.MethodGet, "http://"+api.Address+path, "", nil)
		if err != nil || status != http.StatusOK {
			return nil, fmt.Errorf("GET %s: status %d: %w", path, status, err)
		}
		answers.Bodies[path] = body
	}
	input, err := os.Create(filepath.Join(filepath.Dir(b.Program), "bare.input"))
	if err != nil {
		return nil, err
	}
	defer input.Close()
	if err := gob.NewEncoder(input).Encode(answers); err != nil {
		return nil, err
	}
	if _, err := input.Seek(0, 0); err != nil {
		return nil, err
	}
	r, err := b.Start(ctx, "bare", "http://"+address+"/readyz", process.Spec{Path: b.Self, Args: []string{bare.Argument}, Input: input})
	if err != nil {
		return nil, err
	}
	r.Address = address
	return r, nil
}
