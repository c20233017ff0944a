export { HttpCarrier, type HttpCarrierOptions } from './http-carrier';
export { InvalidReports, REPORTS_MAX, parseReports, type CarrierReport } from './reports';
export { SIGNATURE_HEADER, SIGNATURE_SECONDS_MAX, sign, verifyReport } from './signature';
