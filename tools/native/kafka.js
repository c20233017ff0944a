'use strict';

/**
 * Apache Kafka without Docker: one node in KRaft mode, broker and controller in one process.
 * `node tools/native/kafka.js` only makes sure that it is there.
 */
const fs = require('node:fs');
const path = require('node:path');
const { findOnPath, isProgram, run } = require('./exec.js');
const { installOnce } = require('./install-once.js');
const { archiveFlags } = require('./kafka-archive.js');
const { newClusterId, serverProperties } = require('./kafka-config.js');

const version = '4.1.0';
const javaMin = 17;
const definitions = path.join(__dirname, 'kafka');

function javaProgram() {
  const home = process.env.JAVA_HOME;
  const found = home ? path.join(home, 'bin', 'java') : findOnPath('java');
  if (!found || !isProgram(found)) throw new Error(`Kafka needs Java ${javaMin}: found no java`);
  return found;
}

/** @throws Error when Java is missing or too old for Kafka. */
async function checkJava() {
  const words = await run(javaProgram(), ['-version']);
  const major = Number(/version "(\d+)/.exec(words)?.[1]);
  if (!(major >= javaMin)) throw new Error(`Kafka needs Java ${javaMin} or newer: ${words.trim()}`);
}

async function fetchJars(folder) {
  await checkJava();
  const maven = findOnPath('mvn');
  if (!maven) throw new Error('Kafka comes as Maven artifacts: found no mvn');
  console.error(`Fetching Apache Kafka ${version} (43 MB) with Maven ...`);
  const pom = path.join(definitions, 'pom.xml');
  const goal = 'dependency:copy-dependencies';
  const options = ['-B', '-q', '-ntp', '--strict-checksums', `-Dkafka.version=${version}`];
  await run(maven, [...options, '-f', pom, goal, `-DoutputDirectory=${folder}`]);
}

/** Resolves with the folder of Kafka's jars, fetched when they aren't there yet. */
async function ensureKafka() {
  // Cheap, unlike asking Java for its version, so every time.
  javaProgram();
  return installOnce(`kafka-${version}`, fetchJars);
}

/** Tests want a quick start, so they forgo the optimizing compiler; a stack runs for hours. */
const jvmFlags = {
  test: ['-Xms64m', '-Xmx384m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'],
  stack: ['-Xms256m', '-Xmx768m', '-XX:+UseSerialGC'],
};

function javaArguments(jars, profile, flags) {
  const logging = `-Dlog4j2.configurationFile=${path.join(definitions, 'log4j2.properties')}`;
  const classes = ['-cp', path.join(jars, '*')];
  return [...jvmFlags[profile], ...flags, '-XX:-UsePerfData', logging, ...classes];
}

/** Kafka refuses to start on storage that was never formatted. Formats it once in its life. */
async function formatStorage(java, propertiesFile, dataFolder) {
  if (fs.existsSync(path.join(dataFolder, 'meta.properties'))) return;
  const options = ['--ignore-formatted', '-t', newClusterId(), '-c', propertiesFile];
  await run(java.command, [...java.args, 'kafka.tools.StorageTool', 'format', ...options]);
}

async function prepareNode({ folder, port, controllerPort, profile, jars, flags }) {
  const dataFolder = path.join(folder, 'data');
  const propertiesFile = path.join(folder, 'server.properties');
  fs.mkdirSync(dataFolder, { recursive: true });
  fs.writeFileSync(propertiesFile, serverProperties({ dataFolder, port, controllerPort, profile }));
  const java = { command: javaProgram(), args: javaArguments(jars, profile, flags) };
  await formatStorage(java, propertiesFile, dataFolder);
  return { ...java, args: [...java.args, 'kafka.Kafka', propertiesFile], env: {} };
}

/** Recorded from a node of the tests, for all. */
function flagsFor(jars) {
  const prepare = (node) => prepareNode({ profile: 'test', jars, ...node });
  return archiveFlags({ java: javaProgram(), jars, prepare });
}

/**
 * Prepares a node in `folder`, which keeps its records, and answers how to start it. `profile` is
 * `test` (small and quick to start) or `stack`.
 * @returns {Promise<{ command: string, args: string[], env: Record<string, string> }>}
 */
async function prepareKafka({ folder, port, controllerPort, profile = 'test' }) {
  const jars = await ensureKafka();
  return prepareNode({ folder, port, controllerPort, profile, jars, flags: await flagsFor(jars) });
}

module.exports = { ensureKafka, prepareKafka };

if (require.main === module) {
  ensureKafka()
    .then(async (jars) => {
      await flagsFor(jars);
      console.log(jars);
    })
    .catch((error) => {
      console.error(error.message);
      process.exitCode = 1;
    });
}
