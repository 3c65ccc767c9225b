package rest

type identityRoom interface {
	JWKS() map[string]any
}
