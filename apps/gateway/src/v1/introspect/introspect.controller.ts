import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { GatewayOptions } from '../../options';
import { GATEWAY_OPTIONS } from '../../tokens';
import { ValidatePhoneDto } from './introspect.dto';
import { phoneView, type PhoneView } from './phone.view';

/** What can be told of a phone number without asking anybody. */
@ApiTags('introspect')
@ApiBearerAuth()
@Controller('v1/introspect')
export class IntrospectController {
  private readonly channels: readonly string[];

  constructor(@Inject(GATEWAY_OPTIONS) { priceList }: Pick<GatewayOptions, 'priceList'>) {
    const priced = ['whatsapp', 'voice'].filter((name) => Object.hasOwn(priceList.channels, name));
    this.channels = ['sms', 'sms_oneway', ...priced];
  }

  @Post('phone')
  @HttpCode(200)
  validatePhone(@Body() { phoneNumber }: ValidatePhoneDto): PhoneView {
    return phoneView(phoneNumber, this.channels);
  }
}
