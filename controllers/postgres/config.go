package postgres

import (
	_ "embed"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/rentora/rentora/controllers/component"
)

const (
	kib = 1 << 10
	mib = 1 << 20
	gib = 1 << 30
)

var (
	//go:embed files/prepare.sh
	prepareScript string
	//go:embed files/roles.sql
	rolesSQL string
	//go:embed files/pg_hba.conf
	hba string
	//go:embed files/postgresql.conf
	fixed string
)

// files are the ConfigMap's.
func files(in component.Input) map[string]string {
	return map[string]string{
		"prepare.sh": prepareScript, "roles.sql": rolesSQL, "pg_hba.conf": hba,
		"postgresql.conf": fixed + sizes(in.Settings.Postgres) + given(in.Platform.Spec.Postgres.Parameters),
	}
}

// sizes are the settings that follow from the memory limit and the volume.
func sizes(d component.Data) string {
	memory, disk := component.Memory(d.Resources, "512Mi"), d.Size.Value()
	var b strings.Builder
	b.WriteString("\n# From the memory limit and the volume.\n")
	for _, s := range []struct {
		name  string
		value string
	}{
		{"shared_buffers", megabytes(memory / 4)},
		{"effective_cache_size", megabytes(memory * 6 / 10)},
		// A quarter of the memory for 64 sorts at once; most queries need none.
		{"work_mem", kilobytes(within(memory/4/64, 4*mib, 64*mib))},
		{"maintenance_work_mem", megabytes(within(memory/16, 32*mib, gib))},
		{"max_connections", fmt.Sprint(component.Connections(d))},
		{"max_wal_size", megabytes(within(disk/8, 256*mib, 4*gib))},
		{"min_wal_size", megabytes(within(disk/32, 80*mib, gib))},
		// What keeps a replica or a slot from filling the disk.
		{"max_slot_wal_keep_size", megabytes(within(disk/4, 256*mib, 64*gib))},
	} {
		fmt.Fprintf(&b, "%s = %s\n", s.name, s.value)
	}
	return b.String()
}

func within(n, least, most int64) int64 { return min(max(n, least), most) }

func megabytes(n int64) string { return fmt.Sprintf("%dMB", n/mib) }

func kilobytes(n int64) string { return fmt.Sprintf("%dkB", n/kib) }

// given are the parameters of the spec. They come last, and the last one counts.
func given(parameters map[string]string) string {
	if len(parameters) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("\n# From spec.postgres.parameters.\n")
	for _, name := range slices.Sorted(maps.Keys(parameters)) {
		fmt.Fprintf(&b, "%s = '%s'\n", name, quote.Replace(parameters[name]))
	}
	return b.String()
}

var quote = strings.NewReplacer(`\`, `\\`, `'`, `''`, "\n", `\n`, "\r", `\r`)
