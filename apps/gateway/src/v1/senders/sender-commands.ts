import { invalidRequest } from '@tollgate/contracts';
import {
  presentFields,
  type CreateSender,
  type SenderEmail,
  type UpdateSender,
  type WebhookRequest,
} from '@tollgate/domain';
import type { CreateSenderDto, UpdateSenderDto } from './sender.dto';

type Asked = CreateSenderDto | UpdateSenderDto;

/** Says why a URL may not be called; undefined for one that may. */
export type UrlProblem = (url: string) => string | undefined;

/** @throws ApiError invalid_request for a webhook without a URL, or one that may not be called. */
export function newSenderOf(
  body: CreateSenderDto,
  urlProblem: UrlProblem,
): Omit<CreateSender['data'], 'senderId'> {
  const { name, phoneNumber, webhookUrl } = body;
  checkUrl(webhookUrl, urlProblem);
  const details = webhookOf(body);
  if (webhookUrl === undefined && details !== undefined) {
    throw invalidRequest([{ path: ['webhookUrl'], message: 'is required for a webhook' }]);
  }
  const webhook = webhookUrl === undefined ? undefined : { ...details, url: webhookUrl };
  return { name, ...settingsOf(body), ...presentFields({ phoneNumber, webhook }) };
}

/** A webhook that is taken away has no settings. @throws ApiError invalid_request */
export function changeOf(
  body: UpdateSenderDto,
  urlProblem: UrlProblem,
): Omit<UpdateSender['data'], 'senderId'> {
  const { name, webhookUrl: url } = body;
  if (url === null) return { ...settingsOf(body), ...presentFields({ name }), webhook: null };
  checkUrl(url, urlProblem);
  const webhook = orNothing({ ...webhookOf(body), ...presentFields({ url }) });
  return { ...settingsOf(body), ...presentFields({ name, webhook }) };
}

function settingsOf(
  body: Asked,
): Pick<CreateSender['data'], 'setAsDefault' | 'smsOneway' | 'voice' | 'email'> {
  const { setAsDefault, enableSmsOneway: smsOneway, enableVoice: voice } = body;
  return presentFields({ setAsDefault, smsOneway, voice, email: emailOf(body) });
}

function emailOf(body: Asked): SenderEmail | undefined {
  return orNothing(
    presentFields({
      address: body.emailAddress,
      domainId: body.emailDomainId,
      fromName: body.emailFromName,
      receivingEnabled: body.emailReceivingEnabled,
      catchAllEnabled: 'emailCatchAllEnabled' in body ? body.emailCatchAllEnabled : undefined,
    }),
  );
}

/** What is asked of a webhook besides its URL. */
function webhookOf(body: Asked): Omit<WebhookRequest, 'url'> | undefined {
  return orNothing(
    presentFields({
      events: body.webhookEvents,
      active: 'webhookActive' in body ? body.webhookActive : undefined,
      signatureVersion: body.webhookSignatureVersion,
    }),
  );
}

function orNothing<Fields extends object>(fields: Fields): Fields | undefined {
  return Object.keys(fields).length === 0 ? undefined : fields;
}

function checkUrl(url: string | undefined, urlProblem: UrlProblem): void {
  const message = url === undefined ? undefined : urlProblem(url);
  if (message !== undefined) throw invalidRequest([{ path: ['webhookUrl'], message }]);
}
