package main

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/spf13/cobra"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/identity"
)

func userCommand() *cobra.Command {
	user := &cobra.Command{Use: "user", Short: "Manage accounts"}
	var role, name string
	create := &cobra.Command{
		Use: "create EMAIL", Short: "Make an account and print the one-time link that sets its password", Args: cobra.ExactArgs(1),
		Example: "  rentora user create --role admin keeper@example.test",
		RunE: func(cmd *cobra.Command, args []string) error {
			return createUser(cmd, args[0], name, identity.Role(role))
		},
	}
	create.Flags().StringVar(&role, "role", string(identity.Guest), "guest, host, support or admin")
	create.Flags().StringVar(&name, "name", "", "name shown to others (the part of EMAIL before the @ when empty)")
	user.AddCommand(create)
	return user
}

func createUser(cmd *cobra.Command, email, name string, role identity.Role) error {
	switch role {
	case identity.Guest, identity.Host, identity.Support, identity.Admin:
	default:
		return errs.E(errs.Invalid, "--role must be guest, host, support or admin.")
	}
	c, log, err := load()
	if err != nil {
		return err
	}
	p, err := assemble(cmd.Context(), c, log)
	if err != nil {
		return err
	}
	defer p.close()
	if name == "" {
		name, _, _ = strings.Cut(email, "@")
	}
	created, err := p.identity.Create(cmd.Context(), identity.NewUser{Email: email, Name: name, Role: role})
	if err != nil {
		return err
	}
	token, expires, err := p.identity.MintLink(cmd.Context(), created.ID, identity.LinkInvitation)
	if err != nil {
		return err
	}
	link, err := url.JoinPath(c.PublicURL, "reset-password")
	if err != nil {
		return err
	}
	fmt.Fprintf(cmd.OutOrStdout(), "Made %s (%s).\n\nSet the password with this link, once, until %s:\n\n  %s#token=%s\n\nWithout a browser, POST the token and a password to /api/v1/auth/reset-password.\n",
		email, role, expires.UTC().Format("2006-01-02 15:04 MST"), link, token)
	return nil
}
