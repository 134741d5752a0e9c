/* codec: bytes to structure and back: strict JSON, specs that declare what a document may hold, canonical JSON, XML.
 * The only door to jansson and libxml2; neither shows in this header. */
#ifndef SHIENKIN_CODEC_H
#define SHIENKIN_CODEC_H

#include "codec/csv.h"
#include "codec/json.h"
#include "codec/spec.h"
#include "codec/template.h"
#include "codec/xml.h"

#endif
