package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/rentora/rentora/hack/images/recipe"
	"github.com/rentora/rentora/hack/stack/probe"
)

// nonroot is the user and group of every target.
const nonroot = "65532:65532"

// trial is with what a target's program shows that it runs.
type trial struct {
	name string
	args []string
}

// trialOf gives a target's trial; most say their version.
func trialOf(target string) trial {
	switch target {
	case "server":
		return trial{"--help", []string{"--help"}}
	case "web":
		return trial{"as the site", []string{"--input-type=module", "-e", fmt.Sprintf(startSite, probe.FreePorts(1)[0])}}
	}
	return trial{"--version", []string{"--version"}}
}

// startSite starts the site without an API, waits until it says that it runs, and keeps Next.js' greeting back.
const startSite = `
const port = '%d';
const say = console.log;
console.log = console.info = () => {};
Object.assign(process.env, { PORT: port, HOSTNAME: '127.0.0.1' });
await import('/app/serve.mjs');
for (let left = 600; ; left--) {
  const answer = await fetch('http://127.0.0.1:' + port + '/healthz').catch((error) => error);
  if (answer.ok) break;
  if (left === 0) {
    console.error('/healthz does not answer:', answer.status ?? answer.cause?.message);
    process.exit(1);
  }
  await new Promise((again) => setTimeout(again, 100));
}
say('serves the site by Node ' + process.version);
process.exit(0);
`

// verdict is what was seen of a target, and what is wrong with it.
type verdict struct {
	target, user, program, says, size, beside, again string
	files                                            int
	wrong                                            []string
}

func (v *verdict) fail(format string, args ...any) {
	v.wrong = append(v.wrong, fmt.Sprintf(format, args...))
}

// check looks at what was built of a target; made are the images of the same names that are made without Docker.
func (b *builder) check(ctx context.Context, target string, rounds []string, made map[string]picture) (verdict, error) {
	v := verdict{target: target}
	var pictures []picture
	for _, round := range rounds {
		p, err := b.picture(ctx, target, round)
		if err != nil {
			return v, err
		}
		pictures = append(pictures, p)
	}
	p := pictures[0]
	v.user, v.files, v.size = p.user, len(p.files), fmt.Sprintf("%.1f MB", float64(p.size())/1e6)
	if p.user != nonroot {
		v.fail("its user is %q, not %s", p.user, nonroot)
	}
	b.try(ctx, &v, p)
	v.beside = "not made there"
	if other, ok := made[target]; ok {
		v.compare(p, other)
	}
	v.again = "built once"
	if len(pictures) > 1 {
		v.repeat(p, pictures[1])
	}
	return v, nil
}

// picture takes the image out of the store and reads it.
func (b *builder) picture(ctx context.Context, target, round string) (picture, error) {
	file := filepath.Join(b.work, "run", target+"-"+round+".tar")
	said, err := b.buildah(ctx, "", "push", "--quiet", tag(target, round), "docker-archive:"+file).CombinedOutput()
	if err != nil {
		return picture{}, fmt.Errorf("buildah push: %w\n%s", err, said)
	}
	p, err := readArchive(file)
	return p, errors.Join(err, os.Remove(file))
}

// try runs the image's program as its user, with nothing but the image's files and what a container has.
func (b *builder) try(ctx context.Context, v *verdict, p picture) {
	if len(p.entrypoint) == 0 {
		v.fail("it has no entrypoint")
		return
	}
	v.program = p.entrypoint[0]
	if i := slices.IndexFunc(recipe.All(), func(i recipe.Image) bool { return i.Name == v.target }); i >= 0 {
		if want := recipe.All()[i].Programs[0]; v.program != want {
			v.fail("its entrypoint is %s, not %s", v.program, want)
		}
	}
	name := "try-" + v.target
	if said, err := b.buildah(ctx, "", "from", "--name", name, tag(v.target, "1")).CombinedOutput(); err != nil {
		v.fail("it gives no container: %v: %s", err, lastLine(string(said)))
		return
	}
	t := trialOf(v.target)
	said, err := b.buildah(ctx, "", append([]string{"run", name, "--", v.program}, t.args...)...).CombinedOutput()
	first, _, _ := strings.Cut(strings.TrimSpace(string(said)), "\n")
	switch {
	case err != nil:
		v.fail("%s %s: %v: %s", v.program, t.name, err, first)
	case first == "":
		v.fail("%s %s says nothing", v.program, t.name)
	default:
		v.says = first
	}
}

func report(verdicts []verdict) error {
	out := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(out, "\n\ttarget\tuser\tfiles\tsize\tas hack/images\tbuilt twice\tits program says")
	failed := 0
	for _, v := range verdicts {
		word := "ok"
		if len(v.wrong) > 0 {
			word, failed = "FAIL", failed+1
		}
		fmt.Fprintf(out, "%s\t%s\t%s\t%d\t%s\t%s\t%s\t%s\n", word, v.target, v.user, v.files, v.size, v.beside, v.again, v.says)
	}
	if err := out.Flush(); err != nil {
		return err
	}
	for _, v := range verdicts {
		for _, wrong := range v.wrong {
			fmt.Println("      " + v.target + ": " + wrong)
		}
	}
	fmt.Printf("dockerfile: %d passed, %d failed\n", len(verdicts)-failed, failed)
	if failed > 0 {
		return errors.New("not all targets are as they should be")
	}
	return nil
}
