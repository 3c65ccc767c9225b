package rest

type mediaRoom interface{}
