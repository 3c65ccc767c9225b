package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"
	"k8s.io/apimachinery/pkg/types"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

func pauseCommand(connect func() (*connection, error)) *cobra.Command {
	return &cobra.Command{
		Use: "pause NAME", Short: "Make the operator leave a platform as it is", Args: cobra.ExactArgs(1),
		Long: "Make the operator leave a platform as it is: what runs goes on running, and nothing is changed or mended.",
		RunE: func(cmd *cobra.Command, args []string) error {
			return setPaused(cmd, connect, args[0], true, "is paused: the operator leaves it as it is")
		},
	}
}

func resumeCommand(connect func() (*connection, error)) *cobra.Command {
	return &cobra.Command{
		Use: "resume NAME", Short: "Let the operator go on with a platform", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return setPaused(cmd, connect, args[0], false, "is resumed")
		},
	}
}

func setPaused(cmd *cobra.Command, connect func() (*connection, error), name string, paused bool, done string) error {
	c, err := connect()
	if err != nil {
		return err
	}
	p, err := c.the(cmd.Context(), name)
	if err != nil {
		return err
	}
	if p.Spec.Paused == paused {
		fmt.Fprintf(cmd.OutOrStdout(), "%s/%s %s already\n", p.Namespace, p.Name, done)
		return nil
	}
	if err := c.patchPaused(cmd.Context(), p, paused); err != nil {
		return err
	}
	fmt.Fprintf(cmd.OutOrStdout(), "%s/%s %s\n", p.Namespace, p.Name, done)
	return nil
}

// patchPaused writes the one field, so that a change of another one meanwhile is not lost.
func (c *connection) patchPaused(ctx context.Context, p client.Object, paused bool) error {
	patch := fmt.Appendf(nil, `{"spec":{"paused":%t}}`, paused)
	return c.client.Patch(ctx, p, client.RawPatch(types.MergePatchType, patch), client.FieldOwner("kubectl-rentora"))
}
