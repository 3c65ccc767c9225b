package rest

type priceRoom interface{}
