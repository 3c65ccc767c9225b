package main

import (
	"log/slog"
	"os"

	"github.com/spf13/cobra"

	"github.com/rentora/rentora/controllers/measure"
)

func measureCommand() *cobra.Command {
	var o measure.Options
	var volumes []string
	cmd := &cobra.Command{
		Use: "measure", Short: "Beside a database: tell how full its volume is, and what Typesense says of itself", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			for _, text := range volumes {
				v, err := measure.ParseVolume(text)
				if err != nil {
					return err
				}
				o.Volumes = append(o.Volumes, v)
			}
			o.APIKey, o.Log = os.Getenv("TYPESENSE_API_KEY"), slog.New(slog.NewJSONHandler(os.Stderr, nil))
			return measure.Run(cmd.Context(), o)
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.Listen, "listen", ":9180", "address of /metrics")
	f.StringSliceVar(&volumes, "volume", nil, "name=path of a volume; may be given again")
	f.StringVar(&o.Typesense, "typesense", "", "http://host:port of a Typesense to translate the metrics of; its key is in TYPESENSE_API_KEY")
	return cmd
}
