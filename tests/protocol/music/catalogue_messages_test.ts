import { LIMITS } from "../../../lib/base/limits.ts";
import {
  formatCatalogueReply,
  formatCatalogueRequest,
  parseCatalogueReply,
  parseCatalogueRequest,
} from "../../../lib/protocol/music.ts";
import * as vectors from "../../vectors/music.ts";
import { testFormat } from "../../vectors/vector.ts";

testFormat("catalogue request", {
  parse: parseCatalogueRequest,
  format: formatCatalogueRequest,
  limit: LIMITS.jsonLineBytes,
  written: vectors.REQUESTS_WRITTEN,
  read: vectors.REQUESTS_READ,
  refused: vectors.REQUESTS_REFUSED,
});

testFormat("catalogue reply", {
  parse: parseCatalogueReply,
  format: formatCatalogueReply,
  limit: LIMITS.serverReplyBytes,
  written: vectors.REPLIES_WRITTEN,
  read: vectors.REPLIES_READ,
  refused: vectors.REPLIES_REFUSED,
});
