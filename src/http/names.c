/* names: the words for what the headers enumerate. */
#include "shienkin/http/route.h"

const char *http_realm_name(enum http_realm realm) {
  switch (realm) {
    case HTTP_PUBLIC: return "public";
    case HTTP_CLINIC: return "clinic";
    case HTTP_STAFF: return "staff";
    case HTTP_LOG: return "log";
    case HTTP_AUDITOR: return "auditor";
  }
  return "none";
}

const char *http_role_name(enum http_role role) {
  switch (role) {
    case HTTP_ROLE_CLINIC: return "clinic";
    case HTTP_ROLE_PROXY: return "proxy";
    case HTTP_ROLE_ADJUSTER: return "adjuster";
    case HTTP_ROLE_APPROVER: return "approver";
    case HTTP_ROLE_CASHIER: return "cashier";
    case HTTP_ROLE_OWNER: return "owner";
    case HTTP_ROLE_AUDITOR: return "auditor";
  }
  return "none";
}

const char *http_lane_name(enum http_lane lane) {
  switch (lane) {
    case HTTP_LANE_QUICK: return "quick";
    case HTTP_LANE_SLOW: return "slow";
    case HTTP_LANE_PAPER: return "paper";
    case HTTP_LANE_LIGHT: return "light";
    case HTTP_LANES: break;
  }
  return "none";
}

const char *http_method_name(enum http_method method) {
  switch (method) {
    case HTTP_GET: return "GET";
    case HTTP_HEAD: return "HEAD";
    case HTTP_POST: return "POST";
    case HTTP_PUT: return "PUT";
    case HTTP_PATCH: return "PATCH";
    case HTTP_DELETE: return "DELETE";
    case HTTP_OPTIONS: return "OPTIONS";
  }
  return "OTHER";
}
