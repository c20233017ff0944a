export { testRecipients, type SandboxOutcome } from './outcomes';
export { SandboxCarrier, type SandboxOptions } from './sandbox-carrier';
