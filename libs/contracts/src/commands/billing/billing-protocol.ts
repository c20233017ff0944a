import type { TeamKind } from '@tollgate/domain';
import { protocolOf, type CommandProtocol } from '../command-protocol';
import { commandSchemaOf } from '../command.schema';
import { ownId, variant, wantedId } from '../schema-parts';
import { BILLING_COMMANDS } from '../topics';
import { data } from './command-data.schemas';
import { replySchema } from './reply.schema';

/** A team that is opened gets this id for ever, and ids of its charges end as it does. */
const newTeam = variant('type', 'OpenTeam', { properties: { teamId: ownId } });

const commandSchema = commandSchemaOf({
  title: 'Command',
  description: 'One command of one team. Amounts are micros: millionths of a US dollar.',
  subject: { teamId: { ...wantedId, description: 'Also the key of the record.' } },
  data,
  rules: [newTeam],
});

/** The command log of billing: one team after another, charge after charge. */
export const billingProtocol: CommandProtocol = protocolOf<TeamKind>({
  topic: BILLING_COMMANDS,
  consumerGroup: 'tollgate.billing',
  keyName: "the command's teamId",
  keySchema: wantedId,
  commandSchema,
  replySchema,
  keyOf: ({ teamId }) => teamId,
});
