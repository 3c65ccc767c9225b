package media_test

import (
	"context"
	"image"
	"net"
	"testing"
	"time"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/media"
)

// One that ended with the handler's time would count as the handler's fault, and its photos would become dead letters.
func TestAStorageThatHangsIsAwayBeforeTheHandlersTimeIsOver(t *testing.T) {
	t.Parallel()
	s := newStudio(t)
	id := s.uploaded(t, "image/png", asPNG(t, image.NewGray(image.Rect(0, 0, 300, 300))))
	silent, err := net.Listen("tcp", "127.0.0.1:0") // it takes connections, and that is all
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	hanging := s.s3
	hanging.Endpoint = "http://" + silent.Addr().String()
	service, err := media.New(s.pool, hanging, 2, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	if err := service.Process(ctx, id); !errs.Is(err, errs.Unavailable) || ctx.Err() != nil {
		t.Errorf("%v, and the handler's time: %v", err, ctx.Err())
	}
}
