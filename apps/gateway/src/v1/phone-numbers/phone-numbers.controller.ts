import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Patch,
  Post,
  Query,
  Req,
  Res,
  UseGuards,
} from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { accountCaller } from '../../http/caller';
import { LiveKeyOnly } from '../../http/guards';
import type { Listed } from '../../http/pagination';
import { AvailableNumbers } from './available-numbers';
import { NumberReader } from './number-reader';
import {
  ListNumbersQuery,
  PurchaseNumberDto,
  RequirementsQuery,
  SearchNumbersQuery,
  UpdateNumberDto,
} from './phone-number.dto';
import {
  ownedNumberView,
  type AvailableNumberView,
  type OwnedNumberView,
} from './phone-number.view';
import { PhoneNumbersService } from './phone-numbers.service';

/** The phone numbers of the account that asks, and those that it could buy. */
@ApiTags('phone-numbers')
@ApiBearerAuth()
@Controller('v1/phone-numbers')
export class PhoneNumbersController {
  constructor(
    private readonly service: PhoneNumbersService,
    private readonly numbers: NumberReader,
    private readonly available: AvailableNumbers,
  ) {}

  @Get('available')
  async search(
    @Req() request: FastifyRequest,
    @Query() query: SearchNumbersQuery,
  ): Promise<{ items: AvailableNumberView[] }> {
    return { items: await this.available.search(accountCaller(request).accountId, query) };
  }

  /** No number that is sold here asks for papers. */
  @Get('requirements')
  requirements(@Query() _query: RequirementsQuery): { items: never[] } {
    return { items: [] };
  }

  @Post()
  @UseGuards(LiveKeyOnly)
  async purchase(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body() body: PurchaseNumberDto,
  ): Promise<{ phoneNumber: OwnedNumberView }> {
    const caller = accountCaller(request);
    return { phoneNumber: await this.service.purchase(request, caller, body, reply) };
  }

  /** Newest first. */
  @Get()
  list(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Query() query: ListNumbersQuery,
  ): Promise<Listed<OwnedNumberView>> {
    return this.numbers.page(accountCaller(request).accountId, query, reply);
  }

  @Get(':id')
  async retrieve(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') numberId: string,
  ): Promise<{ phoneNumber: OwnedNumberView }> {
    const { accountId } = accountCaller(request);
    const number = await this.numbers.number(accountId, numberId, reply);
    return { phoneNumber: ownedNumberView(number) };
  }

  @Patch(':id')
  async update(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') numberId: string,
    @Body() body: UpdateNumberDto,
  ): Promise<{ phoneNumber: OwnedNumberView }> {
    const change = { ...body, numberId };
    const caller = accountCaller(request);
    return { phoneNumber: await this.service.update(request, caller, change, reply) };
  }

  /** What was paid for the month stays paid. */
  @Delete(':id')
  @HttpCode(204)
  release(@Req() request: FastifyRequest, @Param('id') numberId: string): Promise<void> {
    return this.service.release(request, accountCaller(request), numberId);
  }
}
