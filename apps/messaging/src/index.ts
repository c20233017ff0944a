export { createMessaging } from './create-messaging';
export { MessagingModule } from './messaging.module';
export { MessagingWork, type MessagingWorkPorts } from './messaging-work';
export { MessagingWriters } from './messaging-writers';
export { senderAddresses } from './sender-addresses';
