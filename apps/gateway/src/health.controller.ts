import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { GatewayOptions } from './options';
import { GATEWAY_OPTIONS } from './tokens';

@ApiTags('health')
@Controller('health')
export class HealthController {
  constructor(@Inject(GATEWAY_OPTIONS) private readonly options: GatewayOptions) {}

  @Get('live')
  live(): { status: string } {
    return { status: 'ok' };
  }

  /** 200 when requests can be served, 503 with the reason when not. */
  @Get('ready')
  ready(@Res({ passthrough: true }) reply: FastifyReply): { status: string; reason?: string } {
    const reason = this.options.notReady();
    if (reason === undefined) return { status: 'ok' };
    reply.code(503);
    return { status: 'unavailable', reason };
  }
}
