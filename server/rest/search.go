package rest

type searchRoom interface{}
