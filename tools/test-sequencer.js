'use strict';

const Sequencer = require('@jest/test-sequencer').default;

/** Suites that take a minute or more, longest first: none of them may be left for the end. */
const LONG = [
  'test/distributed/faults',
  'test/e2e/kill-loses-nothing',
  'test/distributed/black-box',
  'test/e2e/audit-finds-any-change',
  'test/distributed/stack',
  'test/distributed/takeover',
  'test/distributed/outages',
  'test/sdk/lost-answers',
  'libs/adapters/kafka/src/kafka-restarts',
];

/** On a machine that has not run them yet, Jest knows only how large the files are. */
module.exports = class LongFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => {
      const found = LONG.findIndex((part) => path.replaceAll('\\', '/').includes(part));
      return found < 0 ? LONG.length : found;
    };
    return [...super.sort(tests)].sort((one, other) => rank(one) - rank(other));
  }
};
