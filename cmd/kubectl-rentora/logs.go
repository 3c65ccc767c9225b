package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"
	corev1 "k8s.io/api/core/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/rentora/rentora/api/v1alpha1"
	"github.com/rentora/rentora/controllers/component"
)

// longestLine of a log that is passed on whole.
const longestLine = 1 << 20

type logsOptions struct {
	platform, container string
	tail                int64
	follow, previous    bool
}

func logsCommand(connect func() (*connection, error)) *cobra.Command {
	o := logsOptions{}
	cmd := &cobra.Command{
		Use: "logs COMPONENT", Short: "Print the logs of a component's pods, or of one of its parts", Args: cobra.ExactArgs(1),
		Example: "  kubectl rentora logs api\n  kubectl rentora logs worker-media -f\n  kubectl rentora logs postgres --platform stay --previous",
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := connect()
			if err != nil {
				return err
			}
			p, err := c.the(cmd.Context(), o.platform)
			if err != nil {
				return err
			}
			pods, err := c.podsOf(cmd.Context(), p, args[0])
			if err != nil {
				return err
			}
			return c.logs(cmd.Context(), pods, o, cmd.OutOrStdout())
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.platform, "platform", "", "name of the platform; the namespace's only one when empty")
	f.StringVarP(&o.container, "container", "c", "", "container; each pod's first when empty")
	f.Int64Var(&o.tail, "tail", -1, "lines from the end; all when negative")
	f.BoolVarP(&o.follow, "follow", "f", false, "go on with what comes")
	f.BoolVar(&o.previous, "previous", false, "of the container that ended last")
	return cmd
}

// podsOf gives the pods of a component (workers) or of a part (worker-media), by name.
func (c *connection) podsOf(ctx context.Context, p *v1alpha1.RentoraPlatform, name string) ([]corev1.Pod, error) {
	var all corev1.PodList
	if err := c.client.List(ctx, &all, client.InNamespace(p.Namespace), client.MatchingLabels{component.LabelPlatform: p.Name}); err != nil {
		return nil, err
	}
	var pods []corev1.Pod
	var names []string
	for _, pod := range all.Items {
		of, part := pod.Labels[component.LabelComponent], pod.Labels[component.LabelName]
		if of == name || part == name {
			pods = append(pods, pod)
		}
		names = append(names, of, part)
	}
	slices.Sort(names)
	if len(pods) == 0 {
		return nil, fmt.Errorf("%s/%s has no pods of %q; it has those of: %s", p.Namespace, p.Name, name, strings.Join(slices.Compact(names), ", "))
	}
	slices.SortFunc(pods, func(a, b corev1.Pod) int { return cmp.Compare(a.Name, b.Name) })
	return pods, nil
}

// logs writes the logs of the pods: one after another, or all at once when they are followed. One that cannot be read does not
// keep the others back.
func (c *connection) logs(ctx context.Context, pods []corev1.Pod, o logsOptions, out io.Writer) error {
	lines, failures := &lineWriter{out: out}, make([]error, len(pods))
	var group errgroup.Group
	if !o.follow {
		group.SetLimit(1)
	}
	for i := range pods {
		prefix := ""
		if len(pods) > 1 {
			prefix = pods[i].Name + " "
		}
		group.Go(func() error {
			failures[i] = c.copyLog(ctx, &pods[i], o, prefix, lines)
			return nil
		})
	}
	return errors.Join(group.Wait(), errors.Join(failures...))
}

func (c *connection) copyLog(ctx context.Context, pod *corev1.Pod, o logsOptions, prefix string, lines *lineWriter) error {
	options := &corev1.PodLogOptions{Container: cmp.Or(o.container, pod.Spec.Containers[0].Name), Follow: o.follow, Previous: o.previous}
	if o.tail >= 0 {
		options.TailLines = &o.tail
	}
	stream, err := c.clients.CoreV1().Pods(pod.Namespace).GetLogs(pod.Name, options).Stream(ctx)
	if err != nil {
		return fmt.Errorf("the log of %s: %w", pod.Name, err)
	}
	defer stream.Close()
	scanner := bufio.NewScanner(stream)
	scanner.Buffer(nil, longestLine)
	for scanner.Scan() {
		if err := lines.write(prefix + scanner.Text()); err != nil {
			return err
		}
	}
	if ctx.Err() != nil {
		return nil // the reader has seen enough
	}
	return scanner.Err()
}

// lineWriter keeps the lines of several logs whole. Safe for concurrent use.
type lineWriter struct {
	mu  sync.Mutex
	out io.Writer
}

func (w *lineWriter) write(line string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	_, err := fmt.Fprintln(w.out, line)
	return err
}
