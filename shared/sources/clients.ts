import type { Stanza } from './stanza.ts';

const STORED_ALREADY = 'A document that was stored already is told with 409: that is no loss.';

export const javascript: Stanza = {
  id: 'javascript',
  title: 'JavaScript client',
  place: 'a program with @elastic/elasticsearch',
  text: ({ origin, encoded }) => `import { Client } from '@elastic/elasticsearch';

const client = new Client({ node: '${origin}', auth: { apiKey: '${encoded}' }, compression: true, maxRetries: 20 });
await client.helpers.bulk({
  datasource: events,
  retries: 100,
  wait: 3000,
  onDocument: ({ event }) => ({ create: { _index: 'logs-endpoint.events.process-default', _id: event.id } }),
  onDrop: ({ status, document }) => {
    if (status !== 409) console.error('refused', status, document);
  },
});
`,
  notes: [
    'What is refused for now is sent again for five minutes, then dropped: onDrop is told. maxRetries is for requests without an answer.',
    STORED_ALREADY,
  ],
  ownAuthority: { setting: "tls: { ca: await readFile('ca.pem') }", place: 'in new Client' },
};

export const python: Stanza = {
  id: 'python',
  title: 'Python client',
  place: 'a program with the package elasticsearch',
  text: ({ origin, encoded }) => `import time
from itertools import islice
from elasticsearch import ConnectionError, ConnectionTimeout
from elasticsearch import Elasticsearch, helpers

client = Elasticsearch(
    "${origin}",
    api_key="${encoded}",
    http_compress=True,
    request_timeout=60,
)
actions = (
    {
        "_op_type": "create",
        "_index": "logs-endpoint.events.process-default",
        "_id": event["event"]["id"],
        "_source": event,
    }
    for event in events
)
while batch := list(islice(actions, 1000)):
    while True:
        try:
            _, refused = helpers.bulk(
                client,
                batch,
                raise_on_error=False,
                max_retries=100,
                max_backoff=10,
            )
            break
        except (ConnectionError, ConnectionTimeout):
            time.sleep(3)
    for item in refused:
        if item["create"]["status"] != 409:
            print("refused", item)
`,
  notes: [
    'By itself the client asks three times more without a pause, and raises then: max_retries is for refusals, the loop for a server that starts again. What was sent may be sent again without harm.',
    STORED_ALREADY,
  ],
  ownAuthority: { setting: 'ca_certs="ca.pem"', place: 'in Elasticsearch' },
};

export const go: Stanza = {
  id: 'go',
  title: 'Go client',
  place: 'a program with go-elasticsearch and its esutil',
  text: ({ origin, encoded }) => `client, err := elasticsearch.NewClient(elasticsearch.Config{
  Addresses:           []string{"${origin}"},
  APIKey:              "${encoded}",
  CompressRequestBody: true,
  RetryOnStatus:       []int{429, 502, 503, 504},
  MaxRetries:          100,
  RetryBackoff: func(int) time.Duration {
    return 3 * time.Second
  },
})
if err != nil {
  log.Fatal(err)
}
type Config = esutil.BulkIndexerConfig
type Item = esutil.BulkIndexerItem
type Answer = esutil.BulkIndexerResponseItem
indexer, err := esutil.NewBulkIndexer(Config{
  Client: client,
  Index:  "logs-endpoint.events.process-default",
  OnError: func(_ context.Context, err error) {
    log.Print(err)
  },
})
if err != nil {
  log.Fatal(err)
}
for _, event := range events {
  err = indexer.Add(ctx, Item{
    Action:     "create",
    DocumentID: event.ID,
    Body:       bytes.NewReader(event.JSON),
    OnFailure: func(
      _ context.Context, _ Item, a Answer, _ error,
    ) {
      if a.Status != 409 {
        log.Print(a.DocumentID, ": ", a.Error.Reason)
      }
    },
  })
  if err != nil {
    log.Fatal(err)
  }
}
err = indexer.Close(ctx)
`,
  notes: [
    'Without MaxRetries and RetryBackoff, it asks three times more without a pause, and loses the batch.',
    STORED_ALREADY,
  ],
  ownAuthority: { setting: 'CACert: pem', place: 'in elasticsearch.Config, with what ca.pem holds' },
};
