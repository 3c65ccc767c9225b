package main

import (
	"context"
	"io"
	"os"

	"github.com/spf13/cobra"
	"golang.org/x/term"
	apimeta "k8s.io/apimachinery/pkg/api/meta"

	"github.com/rentora/rentora/api/v1alpha1"
)

func statusCommand(connect func() (*connection, error)) *cobra.Command {
	everywhere := false
	cmd := &cobra.Command{
		Use: "status [NAME]", Short: "Show platforms as a tree, with the causes of what is not ready",
		Long: "Show platforms as a tree: components, their workloads, and the pods that are not ready, each with its cause.\n" +
			"The exit code is 0 when all of them are ready, 1 when one is not, and 2 when that could not be told.",
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := connect()
			if err != nil {
				return err
			}
			shown, err := chosen(cmd.Context(), c, args, everywhere)
			if err != nil {
				return err
			}
			return show(cmd.Context(), c, shown, cmd.OutOrStdout())
		},
	}
	cmd.Flags().BoolVarP(&everywhere, "all-namespaces", "A", false, "look in all namespaces")
	return cmd
}

func chosen(ctx context.Context, c *connection, args []string, everywhere bool) ([]v1alpha1.RentoraPlatform, error) {
	if len(args) == 1 {
		p, err := c.the(ctx, args[0])
		if err != nil {
			return nil, err
		}
		return []v1alpha1.RentoraPlatform{*p}, nil
	}
	if everywhere {
		return c.platforms(ctx, "")
	}
	return c.platforms(ctx, c.namespace)
}

func show(ctx context.Context, c *connection, platforms []v1alpha1.RentoraPlatform, out io.Writer) error {
	ready, paint := true, painter(coloured(out))
	for i := range platforms {
		v, err := gather(ctx, c.client, &platforms[i])
		if err != nil {
			return err
		}
		if i > 0 {
			if _, err := io.WriteString(out, "\n"); err != nil {
				return err
			}
		}
		if _, err := io.WriteString(out, tree(v, paint)); err != nil {
			return err
		}
		ready = ready && isReady(&platforms[i])
	}
	if !ready {
		return errNotReady
	}
	return nil
}

// isReady tells whether the operator found everything ready after it saw the last change.
func isReady(p *v1alpha1.RentoraPlatform) bool {
	return p.Status.ObservedGeneration >= p.Generation && apimeta.IsStatusConditionTrue(p.Status.Conditions, v1alpha1.ReadyCondition)
}

// coloured tells whether there is somebody to see colours, and no wish against them (no-color.org).
func coloured(out io.Writer) bool {
	file, ok := out.(*os.File)
	return ok && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" && term.IsTerminal(int(file.Fd()))
}
