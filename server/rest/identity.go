package rest

type identityRoom interface{}
