import fastify from 'fastify';

/**
 * What HTTP and JSON alone cost here: a bare Fastify route that parses the same body and answers
 * with as many bytes, and does nothing in between.
 */
async function main(): Promise<void> {
  const server = fastify({ bodyLimit: 2 * 1024 * 1024 });
  const answers = new Map<number, object>();
  server.post('/', (request, reply) => {
    const { charges } = request.body as { charges?: readonly object[] };
    const count = charges?.length ?? 0;
    let answer = answers.get(count);
    if (answer === undefined) answers.set(count, (answer = answerOf(count)));
    reply.code(count === 0 ? 201 : 200).send(answer);
  });
  const url = await server.listen({ port: 0, host: '127.0.0.1' });
  process.send?.({ url });
}

function answerOf(count: number): object {
  const charge = {
    id: 'chg_00000000683XX9Y7',
    accountId: 'sub_01M86BQBP4PHWW2KJ907XA07YM',
    amount: 0.5,
    amountMicros: 5_000,
    balance: 499_800,
    balanceMicros: 4_998_750_000,
    totalSpent: 200,
    totalSpentMicros: 1_250_000,
    reference: null,
    createdAt: '2026-01-01T00:00:00.000Z',
  };
  if (count === 0) return { charge };
  return { results: Array.from({ length: count }, () => ({ status: 'accepted', charge })) };
}

void main();
