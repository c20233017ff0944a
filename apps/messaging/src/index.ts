export { MessagingModule, type MessagingModuleOptions } from './messaging.module';
export { MessagingService } from './messaging.service';
export { MessagingWork } from './messaging-work';
