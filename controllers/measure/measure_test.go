package measure

import (
	"bufio"
	"context"
	"io"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var quiet = slog.New(slog.DiscardHandler)

var labels = regexp.MustCompile(`\{\w+="(.*)"\}`)

// scrape gives the value of every metric, by its name and the value of its label.
func scrape(t *testing.T, url string) map[string]float64 {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	values := map[string]float64{}
	lines := bufio.NewScanner(answer.Body)
	for lines.Scan() {
		name, number, _ := strings.Cut(lines.Text(), " ")
		if name == "#" {
			continue
		}
		if values[labels.ReplaceAllString(name, ",$1")], err = strconv.ParseFloat(number, 64); err != nil {
			t.Fatal(err)
		}
	}
	return values
}

// run serves until the test ends and gives the address of the metrics.
func run(t *testing.T, o Options) string {
	t.Helper()
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	o.Log = quiet
	go func() { ended <- serve(ctx, listener, o) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("it ended with %v", err)
		}
	})
	return "http://" + listener.Addr().String() + "/metrics"
}

// TestVolumes measures a folder of this computer against what the system says, and one that is not there.
func TestVolumes(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	url := run(t, Options{Volumes: []Volume{{"data", dir}, {"gone", filepath.Join(dir, "gone")}}})
	got := scrape(t, url)
	var s syscall.Statfs_t
	if err := syscall.Statfs(dir, &s); err != nil {
		t.Fatal(err)
	}
	if want := float64(s.Blocks) * float64(s.Bsize); got["rentora_volume_size_bytes,data"] != want {
		t.Errorf("the size is %v, not %v", got["rentora_volume_size_bytes,data"], want)
	}
	if free := got["rentora_volume_available_bytes,data"]; free <= 0 || free > got["rentora_volume_size_bytes,data"] {
		t.Errorf("available: %v", free)
	}
	if got["rentora_measure_up,data"] != 1 {
		t.Error("the volume counts as unread")
	}
	if up, said := got["rentora_measure_up,gone"]; up != 0 || !said {
		t.Errorf("a volume that is not there: up %v, said %v", up, said)
	}
	if _, there := got["rentora_volume_size_bytes,gone"]; there {
		t.Error("a volume that is not there has a size")
	}
}

// TestHangingVolume wants one reader to hang, every scrape to end, and the numbers to come back with the volume.
func TestHangingVolume(t *testing.T) {
	t.Parallel()
	release, begun := make(chan struct{}), make(chan struct{}, 10)
	v := newVolumeSource("/stale", func(string) (use, error) {
		begun <- struct{}{}
		<-release
		return use{size: 7}, nil
	})
	v.limit = time.Millisecond
	if _, err := v.ask(); err == nil || !strings.Contains(err.Error(), "has not answered within") {
		t.Errorf("the first question: %v", err)
	}
	if _, err := v.ask(); err == nil || !strings.Contains(err.Error(), "an earlier question") {
		t.Errorf("the second question: %v", err)
	}
	if n := len(begun); n > 1 {
		t.Errorf("%d readers hang", n)
	}
	close(release)
	v.limit = time.Minute
	v.busy <- struct{}{} // the first reader has left
	<-v.busy
	if u, err := v.ask(); err != nil || u.size != 7 {
		t.Errorf("afterwards: %+v, %v", u, err)
	}
}

func TestParseVolume(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Volume{
		"data=/data": {"data", "/data"}, "a=/b=c": {"a", "/b=c"}, "data": {}, "=/data": {}, "data=relative": {}, "data=": {},
	} {
		got, err := ParseVolume(text)
		if diff := cmp.Diff(want, got); diff != "" || (err == nil) != (want != Volume{}) {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
}

// TestRunSaysWhyItCannot wants a taken port to end it at once.
func TestRunSaysWhyItCannot(t *testing.T) {
	t.Parallel()
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	if err := Run(t.Context(), Options{Listen: listener.Addr().String(), Log: quiet}); err == nil || !strings.Contains(err.Error(), "measure: listen") {
		t.Errorf("a taken port: %v", err)
	}
}

// TestOnlyMetricsAnswer wants nothing else to be had.
func TestOnlyMetricsAnswer(t *testing.T) {
	t.Parallel()
	url := run(t, Options{})
	for _, path := range []string{"", "/", "/debug/pprof/"} {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, strings.TrimSuffix(url, "/metrics")+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		answer, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.Copy(io.Discard, answer.Body)
		answer.Body.Close()
		if answer.StatusCode != http.StatusNotFound {
			t.Errorf("%q answers %s", path, answer.Status)
		}
	}
}

func names(values map[string]float64) []string { return slices.Sorted(maps.Keys(values)) }
