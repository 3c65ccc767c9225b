package rest

type listingRoom interface{}
