/* routes: the tables of the pages, one per file, joined in routes.c. */
#ifndef WEB_ROUTES_H
#define WEB_ROUTES_H

#include "page.h"

extern const struct http_route_table web__asset_routes, web__sign_in_routes, web__first_access_routes, web__enrol_routes,
    web__session_routes, web__demo_routes, web__home_routes,
    web__claim_routes, web__claim_moves_routes, web__notice_routes, web__account_routes,
    web__account_change_routes, web__amend_routes, web__claim_payee_routes, web__claim_report_routes, web__claim_evidence_routes;
extern const struct http_route_table web__estimate_routes, web__filing_routes, web__filing_facts_routes, web__filing_closures_routes,
    web__filing_payee_routes, web__filing_report_routes, web__filing_evidence_routes, web__filing_review_routes;
extern const struct http_route_table web__queue_routes, web__case_routes, web__case_fact_routes, web__case_do_routes,
    web__approval_routes, web__step_up_routes, web__paper_routes;
extern const struct http_route_table web__audit_routes, web__audit_compare_routes, web__audit_trail_routes,
    web__audit_trace_routes, web__figures_routes, web__rules_routes, web__rules_read_routes, web__declaration_routes, web__people_routes,
    web__people_account_routes, web__facilities_routes, web__letters_routes, web__roster_routes, web__certificate_routes;

#endif
