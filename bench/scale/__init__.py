"""One article against very many subscriptions: ours and its peers in one run."""
