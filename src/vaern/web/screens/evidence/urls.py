from django.urls import path

from vaern.web.screens.evidence import describing, erasing, holding, infected, masking, searching, views

urlpatterns = [
    path("case/<uuid:case>/hold_evidence/", holding.hold_evidence, name="hold_evidence"),
    path("case/<uuid:case>/lift_hold/", holding.lift_hold, name="lift_hold"),
    path("case/<uuid:case>/erase_evidence/", erasing.erase_evidence, name="erase_evidence"),
    path("case/<uuid:case>/take_in_evidence/", views.take_in_evidence, name="take_in_evidence"),
    path("case/<uuid:case>/evidence/<uuid:item>/", views.see_evidence, name="see_evidence"),
    path("case/<uuid:case>/evidence/<uuid:item>/describe/", describing.describe_evidence, name="describe_evidence"),
    path("case/<uuid:case>/evidence/<uuid:item>/preview/", views.preview_evidence, name="preview_evidence"),
    path("case/<uuid:case>/evidence/<uuid:item>/download/", views.download_evidence, name="download_evidence"),
    path("case/<uuid:case>/evidence/<uuid:item>/mask_evidence/", masking.mask_evidence, name="mask_evidence"),
    path("case/<uuid:case>/evidence/<uuid:item>/set_mask_aside/", masking.set_mask_aside, name="set_mask_aside"),
    path("case/<uuid:case>/search_evidence/", searching.search_evidence, name="search_evidence"),
    path("case/<uuid:case>/evidence/<uuid:item>/infected/", infected.download_infected, name="download_infected"),
]
