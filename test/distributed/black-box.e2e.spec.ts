/*
 * What the embedded system promises from outside, promised by the distributed one as well: the same
 * specs, which find out by the first import what they run against. Specs about a data folder, its
 * disk and its process stay with the embedded system; those that kill it over and over have their
 * like in `faults.e2e.spec.ts`, whose parts die one by one.
 */
import './support/run-distributed';
import '../e2e/cap-is-never-exceeded.e2e.spec';
import '../e2e/revoked-means-revoked.e2e.spec';
import '../sdk/api-keys.e2e.spec';
import '../sdk/contact-channels.e2e.spec';
import '../sdk/contact-lists.e2e.spec';
import '../sdk/contacts.e2e.spec';
import '../sdk/errors.e2e.spec';
import '../sdk/introspect.e2e.spec';
import '../sdk/message-senders.e2e.spec';
import '../sdk/messages.e2e.spec';
import '../sdk/phone-numbers.e2e.spec';
import '../sdk/rate-limit.e2e.spec';
import '../sdk/sender-webhooks.e2e.spec';
import '../sdk/senders.e2e.spec';
import '../sdk/shapes.e2e.spec';
import '../sdk/sub-accounts.e2e.spec';
import '../sdk/what-is-not-offered.e2e.spec';
import { DistributedServer } from '../e2e/support/distributed-server';

jest.setTimeout(300_000);

afterAll(() => DistributedServer.removeShared());
