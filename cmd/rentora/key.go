package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/rentora/rentora/server/identity"
)

func keyCommand() *cobra.Command {
	key := &cobra.Command{Use: "key", Short: "Manage the keys that sign access tokens"}
	key.AddCommand(&cobra.Command{
		Use: "new", Short: "Print a new key for RENTORA_AUTH_SIGNING_KEYS", Args: cobra.NoArgs,
		Long: "Print a new key for RENTORA_AUTH_SIGNING_KEYS on standard output, and its public id on standard error.\n" +
			"Nothing is stored or changed; docs/keys.md says in which order to bring it in.",
		Run: func(cmd *cobra.Command, _ []string) {
			seed, id := identity.NewSigningKey()
			fmt.Fprintln(cmd.OutOrStdout(), seed)
			fmt.Fprintln(cmd.ErrOrStderr(), "Keep it secret. The public half will be shown in /.well-known/jwks.json as", id)
		},
	})
	return key
}
